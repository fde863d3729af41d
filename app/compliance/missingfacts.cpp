// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/compliance/missingfacts.h"

#include <array>

namespace evenhand::compliance {

namespace {

struct FactText {
    std::string_view fact, en, zhCn;
};

// Not in a pack: these are about our own knowledge, not about a law.
constexpr std::array kTexts{
    FactText{"party", "The person to be contacted is not among the known parties. Add them to the case first.", "联系对象不在本案当事人中，请先补充当事人。"},
    FactText{"role", "It is not known in which role this person stands to the debt. Enter the role first.", "该人员与债务的关系未知，请先登记其身份。"},
    FactText{"contact_point", "The number or address to be used is not known. Choose one first.", "未指定联系方式或该联系方式未登记，请先选择。"},
    FactText{"time_zone", "It is not known in which time zone this person is. Enter their place first.", "对方所在时区未知，请先登记所在地。"},
    FactText{"history", "Past contacts are not known here, so limits cannot be counted. Synchronise first.", "缺少历史联系记录，无法核对频次，请先同步。"},
    FactText{"flags", "Holds and opt-outs of this case are not known here. Synchronise first.", "缺少本案暂停催收与拒绝联系的记录，请先同步。"},
    FactText{"opted_out", "It is not known whether this person asked not to be contacted. Check and record it first.", "该人员是否已拒绝联系未知，请先核实登记。"},
    FactText{"source", "It is not recorded where this number or address came from. Record the source first.", "该联系方式的来源未登记，请先登记来源。"},
    FactText{"account_ids", "It is not said which debt this contact is about. Choose the account first.", "未指明涉及哪一笔债务，请先选择账户。"},
    FactText{"visitors", "It is not said how many of us will come. Enter the number of visitors first.", "外访人数未填写，请先填写。"},
    FactText{"recording", "It is not said whether this contact will be recorded. Confirm the recording first.", "未确认是否录音录像，请先确认。"},
    FactText{"place", "It is not said whether this is the person's home or workplace. Choose the place first.", "未注明地点是住所还是工作单位，请先选择。"},
    FactText{"clock", "The clock of this computer cannot be trusted. Correct it, or connect to the server.", "本机时钟不可信，请校正时间或连接服务器。"},
    FactText{"attempt_share", "Offline, and no share of the remaining attempts is left on this device. Connect to the server.", "当前离线，且本机没有剩余的联系次数份额，请连接服务器。"},
    FactText{"holiday_calendar", "The holiday calendar does not reach to this day. Install a newer rule pack.", "节假日历未覆盖该日期，请更新规则包。"},
};

} // namespace

LocalisedText textForMissing(std::string_view fact)
{
    for (const auto& text : kTexts)
        if (text.fact == fact)
            return {{"en", std::string(text.en)}, {"zh_CN", std::string(text.zhCn)}};
    return {{"en", "A fact is missing: " + std::string(fact) + "."}, {"zh_CN", "缺少事实：" + std::string(fact) + "。"}};
}

} // namespace evenhand::compliance
