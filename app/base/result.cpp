// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/base/result.h"

namespace evenhand::base {

const char* toString(ErrorCode code)
{
    switch (code) {
    case ErrorCode::NotFound: return "not_found";
    case ErrorCode::Conflict: return "conflict";
    case ErrorCode::Invalid: return "invalid";
    case ErrorCode::Storage: return "storage";
    case ErrorCode::DiskFull: return "disk_full";
    case ErrorCode::WrongKey: return "wrong_key";
    case ErrorCode::Damaged: return "damaged";
    case ErrorCode::SchemaTooNew: return "schema_too_new";
    case ErrorCode::SchemaTooOld: return "schema_too_old";
    case ErrorCode::Network: return "network";
    case ErrorCode::Untrusted: return "untrusted";
    case ErrorCode::Unauthorized: return "unauthorized";
    case ErrorCode::Forbidden: return "forbidden";
    case ErrorCode::Protocol: return "protocol";
    case ErrorCode::Cancelled: return "cancelled";
    }
    return "unknown";
}

} // namespace evenhand::base
