// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/store/officesettings.h"

#include "server_queries.h"

namespace evenhand::server {

using base::Result;
using domain::wire::OfficeNames;

namespace {

struct Field {
    const char* setting;
    std::string OfficeNames::*member;
};

constexpr Field kFields[] = {{"office.institution", &OfficeNames::institution},
                             {"office.neutral_name", &OfficeNames::neutralName},
                             {"office.callback_number", &OfficeNames::callbackNumber},
                             {"office.complaint_number", &OfficeNames::complaintNumber},
                             {"office.payment_channel", &OfficeNames::paymentChannel}};

} // namespace

Result<OfficeNames> OfficeSettings::read() const
{
    OfficeNames office;
    for (const auto& field : kFields) {
        EVENHAND_ASSIGN(auto value, Query(m_connection, sql::kMetaSetting).bind(":name", field.setting).optionalRow([](const SqlRow& row) {
            return row.text(0);
        }));
        office.*field.member = std::move(value).value_or("");
    }
    return office;
}

Result<> OfficeSettings::write(const OfficeNames& office)
{
    for (const auto& field : kFields)
        EVENHAND_TRY(Query(m_connection, sql::kMetaSettingPut).bind(":name", field.setting).bind(":value", office.*field.member).run());
    return {};
}

} // namespace evenhand::server
