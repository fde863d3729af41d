// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/documents/lettertext.h"

#include <memory>

#include <QFont>
#include <QPageSize>
#include <QPdfWriter>
#include <QPromise>
#include <QSaveFile>
#include <QStringList>
#include <QTextDocument>
#include <QThreadPool>

#include "ui/text/strings.h"

namespace evenhand::ui {

namespace {

constexpr int kMarginMm = 22;
constexpr int kDpi = 300;

base::Money moneyOf(std::int64_t minor, base::Currency currency)
{
    return base::Money::tryFromMinor(minor, currency).value_or(*base::Money::tryFromMinor(0, currency));
}

bool isScheduleLine(const QString& line)
{
    return u8(line.trimmed()) == guidance::kScheduleLine;
}

// A document is in its own language, whatever that of the window is; so its few fixed words do not come from tr().
QStringList scheduleHeads(const std::string& language)
{
    if (language == "zh_CN")
        return {QStringLiteral("期次"), QStringLiteral("还款日"), QStringLiteral("应还金额"), QStringLiteral("其中本金"), QStringLiteral("利息"), QStringLiteral("费用")};
    return {QStringLiteral("No."), QStringLiteral("Day"), QStringLiteral("Amount"), QStringLiteral("of which principal"), QStringLiteral("interest"), QStringLiteral("fees")};
}

QString scheduleHtml(const domain::PlanRow& plan, const std::string& language)
{
    const auto currency = plan.terms.currency;
    const auto money = [&](std::int64_t minor) { return q(guidance::formatMoney(moneyOf(minor, currency), language)).toHtmlEscaped(); };
    QString html = QStringLiteral("<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\" width=\"100%\" style=\"border-collapse:collapse\"><tr>");
    for (const QString& head : scheduleHeads(language))
        html += QStringLiteral("<th align=\"center\">%1</th>").arg(head);
    html += QStringLiteral("</tr>");
    int number = 0;
    for (const auto& one : plan.instalments) {
        html += QStringLiteral("<tr><td align=\"center\">%1</td><td align=\"center\">%2</td>").arg(++number).arg(q(guidance::formatDate(one.due.due, language)));
        for (const auto minor : {one.due.amountMinor, one.due.principalMinor, one.due.interestMinor, one.due.feesMinor})
            html += QStringLiteral("<td align=\"right\">%1</td>").arg(money(minor));
        html += QStringLiteral("</tr>");
    }
    return html + QStringLiteral("</table>");
}

base::Result<> printTo(const QString& html, const QString& title, const QString& path)
{
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return base::fail(base::ErrorCode::Storage, u8(file.errorString()));
    {
        QPdfWriter writer(&file);
        writer.setPageSize(QPageSize(QPageSize::A4));
        writer.setPageMargins(QMarginsF(kMarginMm, kMarginMm, kMarginMm, kMarginMm), QPageLayout::Millimeter);
        writer.setResolution(kDpi);
        writer.setTitle(title);
        writer.setCreator(QStringLiteral("Evenhand"));
        QTextDocument document;
        QFont font(QStringLiteral("Noto Sans CJK SC"));
        font.setPointSizeF(10.5);
        document.setDefaultFont(font);
        document.setHtml(html);
        document.print(&writer);
    }
    if (!file.commit())
        return base::fail(base::ErrorCode::Storage, u8(file.errorString()));
    return {};
}

} // namespace

void addPlan(guidance::MergeData& data, const domain::PlanRow& plan)
{
    const auto currency = plan.terms.currency;
    data["plan.number"] = plan.id.toString().substr(24);   // the last group: short enough to be written, and not the debtor's
    data["plan.total"] = moneyOf(plan.totalMinor, currency);
    data["plan.months"] = static_cast<std::int64_t>(plan.instalments.size());
    data["plan.waived_interest"] = moneyOf(plan.waivedInterestMinor, currency);
    data["plan.waived_fees"] = moneyOf(plan.waivedFeesMinor, currency);
    if (plan.instalments.empty())
        return;
    data["plan.first_due"] = plan.instalments.front().due.due;
    data["plan.instalment"] = moneyOf(plan.instalments.front().due.amountMinor, currency);
    for (const auto& one : plan.instalments) {
        if (one.paidMinor >= one.due.amountMinor)
            continue;
        data["plan.next_due"] = one.due.due;
        data["plan.next_amount"] = moneyOf(one.due.amountMinor - one.paidMinor, currency);
        break;
    }
}

QString withSchedule(const QString& text, const std::optional<domain::PlanRow>& plan, const std::string& language)
{
    QStringList lines;
    for (const QString& line : text.split(u'\n')) {
        if (!isScheduleLine(line) || !plan) {
            lines << line;
            continue;
        }
        int number = 0;
        for (const auto& one : plan->instalments)
            lines << QStringLiteral("%1. %2  %3").arg(++number).arg(q(guidance::formatDate(one.due.due, language)),
                                                                    q(guidance::formatMoney(moneyOf(one.due.amountMinor, plan->terms.currency), language)));
    }
    return lines.join(u'\n');
}

QString letterHtml(const QString& text, const std::optional<domain::PlanRow>& plan, const std::string& language)
{
    QString html;
    bool isFirst = true;
    for (const QString& line : text.trimmed().split(u'\n')) {
        if (isScheduleLine(line) && plan)
            html += scheduleHtml(*plan, language);
        else if (isFirst)
            html += QStringLiteral("<h2 align=\"center\">%1</h2>").arg(line.toHtmlEscaped());
        else if (line.trimmed().isEmpty())
            html += QStringLiteral("<p style=\"margin:0\">&nbsp;</p>");
        else
            html += QStringLiteral("<p style=\"margin:0; line-height:150%\">%1</p>").arg(line.toHtmlEscaped().replace(QStringLiteral("  "), QStringLiteral(" &nbsp;")));
        isFirst = false;
    }
    return html;
}

QFuture<base::Result<>> writePdf(QString html, QString title, QString path)
{
    auto promise = std::make_shared<QPromise<base::Result<>>>();
    promise->start();
    auto future = promise->future();
    QThreadPool::globalInstance()->start([promise, html = std::move(html), title = std::move(title), path = std::move(path)] {
        promise->addResult(printTo(html, title, path));
        promise->finish();
    });
    return future;
}

} // namespace evenhand::ui
