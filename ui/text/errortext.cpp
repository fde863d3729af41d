// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/errortext.h"

#include "ui/text/strings.h"

namespace evenhand::ui {

QString ErrorText::of(base::ErrorCode code)
{
    switch (code) {
    case base::ErrorCode::NotFound: return tr("It is not there any more, or it is not yours to see.");
    case base::ErrorCode::Conflict: return tr("Somebody else changed this meanwhile. Look at it again, then repeat.");
    case base::ErrorCode::Invalid: return tr("Something in the input is not right. Correct it and try again.");
    case base::ErrorCode::Storage: return tr("This computer's disk refused to write. Nothing was changed. Try again; if it stays, call your administrator.");
    case base::ErrorCode::DiskFull: return tr("The disk is full. Nothing was changed. Free some space and try again.");
    case base::ErrorCode::WrongKey: return tr("The password does not open the files on this computer.");
    case base::ErrorCode::Damaged: return tr("A file on this computer is damaged. What is on the server is safe. Call your administrator.");
    case base::ErrorCode::SchemaTooNew: return tr("The files on this computer were written by a newer version. Update this program.");
    case base::ErrorCode::SchemaTooOld: return tr("The files on this computer are too old to be read. Call your administrator.");
    case base::ErrorCode::Network: return tr("The server does not answer. Check the address and the network.");
    case base::ErrorCode::Untrusted: return tr("The server's certificate is not trusted, so nothing was sent. Call your administrator.");
    case base::ErrorCode::Unauthorized: return tr("User name or password is wrong.");
    case base::ErrorCode::Forbidden: return tr("Your account may not do this.");
    case base::ErrorCode::Protocol: return tr("The server gave an answer this program does not understand. One of the two needs an update.");
    case base::ErrorCode::Cancelled: return tr("It was cancelled.");
    }
    return {};
}

QString ErrorText::of(const base::Error& error)
{
    const QString sentence = of(error.code);
    if (error.code != base::ErrorCode::Invalid || error.detail.empty())
        return sentence;
    //: %1 is a general sentence, %2 the technical detail in English
    return tr("%1 (%2)").arg(sentence, q(error.detail));
}

QString ErrorText::notSaved(const base::Error& error)
{
    //: %1 says why; the text that could not be saved is still in the field
    return tr("Not saved. %1 Your text is still here.").arg(of(error));
}

} // namespace evenhand::ui
