// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/text/soundtext.h"

#include "ui/text/errortext.h"
#include "ui/text/format.h"
#include "ui/text/strings.h"

namespace evenhand::ui {

QString SoundText::muteReason(const std::string& code)
{
    if (code == "payment_data")
        return tr("Card or account number");
    if (code == "id_number")
        return tr("Identity number");
    if (code == "bystander")
        return tr("Somebody else speaks");
    return code == "other" ? tr("Other reason") : q(code);
}

QString SoundText::exportReason(const std::string& code)
{
    if (code == "complaint")
        return tr("Complaint");
    if (code == "court")
        return tr("Court or arbitration");
    if (code == "regulator")
        return tr("Regulator asks");
    if (code == "training")
        return tr("Training");
    return code == "other" ? tr("Other reason") : q(code);
}

QString SoundText::gapReason(const std::string& code)
{
    if (code == "device_lost")
        return tr("device unplugged");
    if (code == "no_device")
        return tr("no device");
    if (code == "sound_system")
        return tr("sound system failed");
    if (code == "busy")
        return tr("device in use");
    if (code == "asleep")
        return tr("computer asleep");
    if (code == "slow")
        return tr("nothing came in");
    return code == "clock" ? tr("sides brought together") : q(code);
}

QString SoundText::ended(const std::string& code)
{
    if (code == "recovered")
        return tr("Recovered after a crash");
    if (code == "disk_full")
        return tr("Ended early: the disk was full");
    return code == "failed" ? tr("Ended early: the disk failed") : QString();
}

QString SoundText::sideTrouble(const services::RecordingSide& side, int which)
{
    if (side.trouble.empty())
        //: %1 is the name of a microphone
        return side.isReplaced ? tr("Your microphone is gone; recording with %1.").arg(q(side.device)) : QString();
    const QString who = which == 0 ? tr("your side") : tr("the other side");
    //: %1 is "your side" or "the other side", %2 why
    return tr("Nothing comes in from %1: %2.").arg(who, gapReason(side.trouble));
}

QString SoundText::fault(const std::string& code)
{
    if (code == "no_sound_system")
        return tr("This computer has no sound system, or it is not running. Ask your administrator to start it.");
    if (code == "no_input")
        return tr("There is no microphone. Plug in the headset.");
    if (code == "input_missing")
        return tr("The chosen microphone is not plugged in. Plug it in, or choose another one above.");
    if (code == "input_busy")
        return tr("The microphone cannot be opened: another program holds it, or Evenhand may not use it. Close other programs that record, or allow it in the system's privacy settings.");
    if (code == "no_samples")
        return tr("The microphone is open but delivers nothing. Unplug it and plug it in again.");
    if (code == "input_muted")
        return tr("The microphone is silent: it is muted. Look for a switch on the cable, and for the volume in the system's sound settings.");
    if (code == "input_too_quiet")
        return tr("The microphone is far too quiet. Turn it up in the system's sound settings, and speak while the test runs.");
    if (code == "input_too_loud")
        return tr("The microphone is too loud and distorts. Turn it down in the system's sound settings.");
    if (code == "no_output")
        return tr("There is no loudspeaker or headset. Plug in the headset.");
    if (code == "output_busy")
        return tr("The loudspeaker cannot be used: another program holds it, or the sound system hangs.");
    return q(code);
}

QString SoundText::test(const services::SoundTestResult& result)
{
    if (result.faults.empty())
        //: %1 and %2 are names of devices
        return tr("All is well: one second was recorded with %1 and played on %2.").arg(q(result.input), q(result.output));
    QStringList lines;
    for (const std::string& code : result.faults)
        lines << fault(code);
    return lines.join(u'\n');
}

QString SoundText::recovered(const services::RecoveredRecordings& what)
{
    QStringList lines;
    if (what.count > 0)
        //: %2 is a length such as 3:05
        lines << tr("%n recording(s) recovered after a crash (%1 in all).", nullptr, what.count).arg(Format::duration(what.seconds));
    if (what.unreadable > 0)
        lines << tr("%n recording(s) cannot be read and are kept for support.", nullptr, what.unreadable);
    return lines.join(u' ');
}

QString SoundText::problem(const base::Error& error)
{
    if (error.code == base::ErrorCode::DiskFull)
        return tr("Recording stopped: the disk is full. What was recorded is kept, and notes are still saved. Free some space.");
    if (error.code == base::ErrorCode::NotFound)
        return tr("Nothing was recorded: no sound came in.");
    return tr("Recording stopped. %1").arg(ErrorText::of(error));
}

QString SoundText::playing(const base::Error& error)
{
    switch (error.code) {
    case base::ErrorCode::Forbidden: return tr("The server does not let you hear this recording.");
    case base::ErrorCode::NotFound: return tr("The server does not have this recording yet, or you may not hear it.");
    case base::ErrorCode::Conflict: return tr("There is no loudspeaker to play on. Test the sound in Settings.");
    case base::ErrorCode::Damaged: return tr("The recording is damaged; what can still be read is played.");
    default: return ErrorText::of(error);
    }
}

} // namespace evenhand::ui
