// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <memory>

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QProcess>
#include <QRegularExpression>
#include <QSpinBox>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "app/guidance/letters.h"
#include "app/workstation/application.h"
#include "app/workstation/guideddemo/democlock.h"
#include "tests/support/serverprocess.h"
#include "tests/support/testresult.h"
#include "ui/documents/lettertext.h"
#include "ui/frame/navigator.h"
#include "ui/pages/casepage.h"
#include "ui/plans/plandialog.h"

using namespace evenhand;

namespace {

constexpr int kPatienceMs = 60'000;

/// One workstation with its window, signed in.
struct Workplace {
    std::unique_ptr<workstation::Application> app;

    Workplace(unsigned short port, const char* user, const QString& passwordFile, const base::Clock& clock)
    {
        workstation::Options options;
        options.serverUrl = "http://127.0.0.1:" + std::to_string(port);
        options.userName = user;
        options.passwordFile = passwordFile.toStdString();
        options.language = "zh_CN";
        options.theme = "light";
        app = std::make_unique<workstation::Application>(*qApp, options, clock);
        app->start();
        takeKeyboard();
    }
    void takeKeyboard() { QApplication::setActiveWindow(&app->window()); }
    template <class T>
    T* find(const char* name)
    {
        return app->window().findChild<T*>(QLatin1String(name));
    }
    ui::CasePage* casePage() { return find<ui::CasePage>("casePage"); }
    bool waitUntilSent()
    {
        return QTest::qWaitFor([this] { return app->services().sync.status().savedHere > 0 && app->services().sync.status().unsent == 0; }, kPatienceMs);
    }
    std::optional<services::CaseView> view(const domain::CaseId& id)
    {
        auto future = app->services().cases.openCase(id);
        if (!QTest::qWaitFor([&] { return future.isFinished(); }, kPatienceMs))
            return std::nullopt;
        const auto result = future.result();
        return result ? std::optional(*result) : std::nullopt;
    }
};

void key(Qt::Key which, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QWidget* target = QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activeWindow();
    QTest::keyClick(target, which, modifiers);
}

} // namespace

/// Hardship: an agent asks for a plan above the own limits, a supervisor approves it at another workstation, the agent sees it, and the gate
/// holds. Two real windows over real services and one real server; keyboard only.
class TestApprovals : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        base::initialiseCrypto();
        const auto demo = m_server.run({QStringLiteral("demo")});
        QVERIFY2(demo.exitCode == 0, demo.errors.c_str());
        QVERIFY2(m_server.serve(), m_server.errors().c_str());
        QFile file(m_folder.filePath(QStringLiteral("password")));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("evenhand-demo") > 0);
        file.close();
        m_agent = std::make_unique<Workplace>(m_server.port(), "li.na", file.fileName(), m_clock);
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->find<QTableView>("queueTable") && m_agent->find<QTableView>("queueTable")->model()->rowCount() > 0, kPatienceMs);
    }
    void cleanupTestCase()
    {
        m_chief.reset();
        m_agent.reset();
        m_server.stop();
    }

    void theAgentAsksForAPlanByKeyboard()
    {
        QTest::qWait(1000);
        m_agent->find<QTableView>("queueTable")->setFocus();
        for (int tried = 0; tried < 20 && !m_id; ++tried) {   // a case without a plan of its own
            key(Qt::Key_Return);
            QTRY_VERIFY_WITH_TIMEOUT(m_agent->casePage()->currentCase().has_value(), kPatienceMs);
            QTest::qWait(300);
            const auto view = m_agent->view(*m_agent->casePage()->currentCase());
            QVERIFY(view);
            if (view->plans.empty() && !view->accounts.empty() && view->balance.minor() > 100'000)
                m_id = view->id;
            else
                key(Qt::Key_N, Qt::AltModifier);
        }
        QVERIFY(m_id);
        key(Qt::Key_P, Qt::AltModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_agent->find<QDialog>("planDialog"), kPatienceMs);
        auto* dialog = m_agent->find<QDialog>("planDialog");
        QApplication::setActiveWindow(dialog);
        dialog->findChild<QSpinBox*>(QStringLiteral("planMonths"))->setValue(12);
        auto* agreed = dialog->findChild<QCheckBox*>(QStringLiteral("planAgreed"));
        agreed->setFocus();
        key(Qt::Key_Space);
        QVERIFY(agreed->isChecked());
        key(Qt::Key_Return, Qt::ControlModifier);
        QVERIFY(dialog->isVisible());   // a supervisor has to know why
        dialog->findChild<QPlainTextEdit*>(QStringLiteral("planReason"))->setFocus();
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("lost the job, new one at lower pay"));
        key(Qt::Key_Return, Qt::ControlModifier);
        QTRY_VERIFY_WITH_TIMEOUT(!m_agent->find<QDialog>("planDialog"), kPatienceMs);
        QVERIFY(m_agent->waitUntilSent());
        const auto view = m_agent->view(*m_id);
        QVERIFY(view && view->plans.size() == 1);
        QCOMPARE(view->plans.front().row.state, domain::PlanState::Requested);
    }

    void untilThenNothingHolds()
    {
        const auto view = m_agent->view(*m_id);
        QVERIFY(std::none_of(view->flags.begin(), view->flags.end(), [](const auto& flag) { return flag.kind == domain::FlagKind::PlanInForce; }));
    }

    void theSupervisorApprovesItByKeyboard()
    {
        QVERIFY(m_id && m_agent->view(*m_id) && !m_agent->view(*m_id)->plans.empty());
        m_chief = std::make_unique<Workplace>(m_server.port(), "chen.jing", m_folder.filePath(QStringLiteral("password")), m_clock);
        QTRY_VERIFY_WITH_TIMEOUT(m_chief->find<QWidget>("callLogPage") && m_chief->find<QWidget>("callLogPage")->isVisible(), kPatienceMs);
        m_chief->takeKeyboard();
        key(Qt::Key_3, Qt::ControlModifier | Qt::ShiftModifier);
        QTRY_VERIFY_WITH_TIMEOUT(m_chief->find<QWidget>("approvalsPage")->isVisible(), kPatienceMs);
        auto* table = m_chief->find<QTableView>("requestTable");
        const auto view = m_agent->view(*m_id);
        const auto rowOfCase = [&] {
            for (int row = 0; row < table->model()->rowCount(); ++row)
                if (table->model()->index(row, 1).data(Qt::UserRole + 4).toString() == QString::fromStdString(view->businessNo))
                    return row;
            return -1;
        };
        QTRY_VERIFY_WITH_TIMEOUT(rowOfCase() >= 0, kPatienceMs);
        table->setFocus();
        for (int steps = 0; steps < 200 && table->currentIndex().row() != rowOfCase(); ++steps)
            key(table->currentIndex().row() < rowOfCase() ? Qt::Key_Down : Qt::Key_Up);
        QCOMPARE(table->currentIndex().row(), rowOfCase());
        QVERIFY(m_chief->find<QLabel>("requestFacts")->text().contains(QStringLiteral("lost the job")));
        const int waiting = table->model()->rowCount();
        key(Qt::Key_R, Qt::AltModifier);   // without a reason nothing is turned down
        QTest::qWait(300);
        QCOMPARE(table->model()->rowCount(), waiting);
        table->setFocus();
        key(Qt::Key_A, Qt::AltModifier);
        QTRY_VERIFY_WITH_TIMEOUT(rowOfCase() < 0, kPatienceMs);
        QVERIFY(m_chief->waitUntilSent());
    }

    void theAgentSeesItAndTheGateHolds()
    {
        QVERIFY(m_chief);
        std::optional<services::CaseView> view;
        const auto isInForce = [&] {
            view = m_agent->view(*m_id);
            return view && !view->plans.empty() && view->plans.front().row.state == domain::PlanState::InForce;
        };
        QVERIFY(QTest::qWaitFor([&] { return isInForce(); }, kPatienceMs));
        QVERIFY(!view->plans.front().decidedBy.empty());
        QVERIFY(std::any_of(view->timeline.begin(), view->timeline.end(), [](const auto& item) { return item.kind == services::TimelineKind::Decision; }));
        QVERIFY(std::any_of(view->flags.begin(), view->flags.end(), [](const auto& flag) { return flag.kind == domain::FlagKind::PlanInForce; }));
        const auto& debtor = view->parties.front();
        auto asked = m_agent->app->services().calls.askGate({*m_id, debtor.id, debtor.contactPoints.front().id});
        QVERIFY(QTest::qWaitFor([&] { return asked.isFinished(); }, kPatienceMs));
        const auto gate = asked.result();
        QVERIFY_RESULT(gate);
        QCOMPARE(gate->decision.verdict, compliance::Verdict::Block);
        m_plan = view->plans.front().row;
    }

    void theAgreementIsPrinted_data()
    {
        QTest::addColumn<QString>("language");
        QTest::addColumn<QStringList>("words");
        QTest::newRow("in Chinese") << "zh_CN" << QStringList{QStringLiteral("还款协议"), QStringLiteral("投诉电话"), QStringLiteral("示范银行官方App")};
        QTest::newRow("in English") << "en" << QStringList{QStringLiteral("Repayment agreement"), QStringLiteral("Complaints"), QStringLiteral("12")};
    }
    void theAgreementIsPrinted()
    {
        QFETCH(QString, language);
        QFETCH(QStringList, words);
        QVERIFY(m_plan);
        const auto packs = m_agent->app->services().packs.active();
        const auto* letter = packs->letters.find("plan_agreement");
        QVERIFY(letter);
        auto preparing = m_agent->app->services().calls.prepare(*m_id, m_agent->view(*m_id)->parties.front().id);
        QVERIFY(QTest::qWaitFor([&] { return preparing.isFinished(); }, kPatienceMs));
        auto data = preparing.result()->data;
        ui::addPlan(data, *m_plan);
        const auto filled = guidance::fillLetter(*letter, data, language.toStdString());
        QVERIFY2(filled.gaps.empty(), filled.gaps.empty() ? "" : filled.gaps.front().c_str());
        const QString path = m_folder.filePath(language + QStringLiteral(".pdf"));
        auto writing = ui::writePdf(ui::letterHtml(QString::fromStdString(filled.text), m_plan, language.toStdString()), QStringLiteral("t"), path);
        QVERIFY(QTest::qWaitFor([&] { return writing.isFinished(); }, kPatienceMs));
        QVERIFY_RESULT(writing.result());
        if (qEnvironmentVariableIsSet("EVENHAND_KEEP_PDF"))
            QFile::copy(path, qEnvironmentVariable("EVENHAND_KEEP_PDF") + u'/' + language + QStringLiteral(".pdf"));
        QProcess reader;
        reader.start(QStringLiteral("pdftotext"), {path, QStringLiteral("-")});
        if (!reader.waitForStarted())
            QSKIP("pdftotext is not installed, so the text of the PDF is not read back");
        QVERIFY(reader.waitForFinished());
        // Lines break where the page is full, also inside a word of the table.
        const auto joined = [](QString words) { return words.remove(QRegularExpression(QStringLiteral("\\s"))); };
        const QString text = joined(QString::fromUtf8(reader.readAllStandardOutput()));
        for (const QString& word : words)
            QVERIFY2(text.contains(joined(word)), qPrintable(word + QStringLiteral(" in ") + text));
        for (const auto& one : m_plan->instalments) {
            const auto day = QString::fromStdString(guidance::formatDate(one.due.due, language.toStdString()));
            QVERIFY2(text.contains(joined(day)), qPrintable(day));
        }
    }
    void aFolderThatIsNotThereIsSaid()
    {
        auto writing = ui::writePdf(QStringLiteral("<p>x</p>"), QStringLiteral("t"), m_folder.filePath(QStringLiteral("no/where.pdf")));
        QVERIFY(QTest::qWaitFor([&] { return writing.isFinished(); }, kPatienceMs));
        QVERIFY_FAILS(writing.result(), base::ErrorCode::Storage);
    }

private:
    test::ServerProcess m_server;
    workstation::DemoClock m_clock;
    QTemporaryDir m_folder;
    std::unique_ptr<Workplace> m_agent;
    std::unique_ptr<Workplace> m_chief;
    std::optional<domain::CaseId> m_id;
    std::optional<domain::PlanRow> m_plan;
};

QTEST_MAIN(TestApprovals)
#include "tst_approvals.moc"
