// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/pages/signinpage.h"

#include <QAction>
#include <QEvent>
#include <QLineEdit>
#include <QProgressBar>
#include <QTimer>

#include "ui/async.h"
#include "ui/preferences.h"
#include "ui/text/errortext.h"
#include "ui/text/language.h"
#include "ui/text/strings.h"
#include "ui/theme/colours.h"
#include "ui/theme/icons.h"
#include "ui/widgets/elements.h"

namespace evenhand::ui {

namespace {
constexpr int kShowBusyMs = 300;
}

SignInPage::SignInPage(const Services& services, QWidget* parent)
    : QWidget(parent), m_services(services), m_logo(new QLabel(this)), m_title(makeLabel(this, QStringLiteral("title"))), m_sub(makeLabel(this, QStringLiteral("muted"))),
      m_serverLabel(makeLabel(this, QStringLiteral("small"))), m_server(new QLineEdit(this)), m_userLabel(makeLabel(this, QStringLiteral("small"))), m_user(new QLineEdit(this)),
      m_passwordLabel(makeLabel(this, QStringLiteral("small"))), m_password(new QLineEdit(this)),
      m_eye(m_password->addAction(lineIcon(QStringLiteral("eye"), QColor(0x808080)), QLineEdit::TrailingPosition)), m_banner(new Banner(this)), m_busy(new QProgressBar(this)),
      m_go(makeButton(this, QStringLiteral("signIn"), QStringLiteral("primary"))), m_note(makeLabel(this, QStringLiteral("small"))),
      m_language(makeButton(this, QStringLiteral("signInLanguage"), QStringLiteral("flat")))
{
    setObjectName(QStringLiteral("signInPage"));
    nameInput(m_server, QStringLiteral("signInServer"));
    nameInput(m_user, QStringLiteral("signInUser"));
    nameInput(m_password, QStringLiteral("signInPassword"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhNoPredictiveText | Qt::ImhNoAutoUppercase);
    layOut();
    connect(m_eye, &QAction::triggered, this, [this] {
        const bool hidden = m_password->echoMode() == QLineEdit::Password;
        m_password->setEchoMode(hidden ? QLineEdit::Normal : QLineEdit::Password);
        m_eye->setIcon(lineIcon(hidden ? QStringLiteral("eye-off") : QStringLiteral("eye"), Colours::of(palette()).muted));
    });
    connect(m_go, &QPushButton::clicked, this, &SignInPage::signIn);
    for (QLineEdit* line : {m_server, m_user, m_password}) {
        connect(line, &QLineEdit::returnPressed, this, &SignInPage::signIn);
        connect(line, &QLineEdit::textChanged, this, &SignInPage::noteProfiles);
    }
    connect(m_language, &QPushButton::clicked, this, [this] {
        services::Settings settings = m_services.preferences.settings();
        settings.language = m_services.language.code() == QStringLiteral("zh_CN") ? "en" : "zh_CN";
        m_services.preferences.change(std::move(settings));
    });
    m_texts.add([this] {
        m_title->setText(tr("Evenhand"));
        m_sub->setText(tr("Fair collection, one conversation at a time"));
        m_serverLabel->setText(tr("Server"));
        m_server->setAccessibleName(m_serverLabel->text());
        m_userLabel->setText(tr("User name"));
        m_user->setAccessibleName(m_userLabel->text());
        m_passwordLabel->setText(tr("Password"));
        m_password->setAccessibleName(m_passwordLabel->text());
        m_eye->setText(tr("Show or hide the password"));
        m_eye->setToolTip(m_eye->text());
        m_go->setText(m_busyNow ? tr("Signing in …") : tr("Sign in"));
        m_language->setText(m_services.language.code() == QStringLiteral("zh_CN") ? QStringLiteral("English") : QStringLiteral("中文"));
        m_language->setAccessibleName(tr("Change the language"));
        noteProfiles();
    });
}

void SignInPage::layOut()
{
    QFrame* card = makeCard(this);
    card->setFixedWidth(420);
    auto* down = column(card, 32, 4);
    m_logo->setPixmap(applicationIcon().pixmap(48, 48));
    auto* head = row(12);
    head->addWidget(m_logo);
    auto* words = column(nullptr, 0, 0);
    words->addWidget(m_title);
    words->addWidget(m_sub);
    head->addLayout(words, 1);
    down->addLayout(head);
    down->addSpacing(20);
    const std::pair<QLabel*, QLineEdit*> fields[] = {{m_serverLabel, m_server}, {m_userLabel, m_user}, {m_passwordLabel, m_password}};
    for (const auto& [label, line] : fields) {
        down->addWidget(label);
        down->addWidget(line);
        down->addSpacing(8);
    }
    down->addWidget(m_banner);
    m_busy->setRange(0, 0);
    m_busy->setTextVisible(false);
    m_busy->hide();
    down->addWidget(m_busy);
    down->addSpacing(8);
    down->addWidget(m_go);
    down->addSpacing(8);
    m_note->setWordWrap(true);
    m_note->setMinimumHeight(36);
    m_note->setAlignment(Qt::AlignTop);
    down->addWidget(m_note);
    down->addWidget(m_language, 0, Qt::AlignHCenter);
    auto* centre = new QVBoxLayout(this);
    centre->addStretch(2);
    centre->addWidget(card, 0, Qt::AlignHCenter);
    centre->addStretch(3);
}

void SignInPage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        m_texts.apply();
}

void SignInPage::offer(const QString& serverUrl, const QString& userName)
{
    m_server->setText(serverUrl);
    m_user->setText(userName);
}

void SignInPage::begin()
{
    m_password->clear();
    m_password->setEchoMode(QLineEdit::Password);
    m_banner->clear();
    QLineEdit* first = m_server->text().isEmpty() ? m_server : m_user->text().isEmpty() ? m_user : m_password;
    first->setFocus();
    whenReady(m_services.session.profiles(), this, [this](const base::Result<std::vector<services::KnownProfile>>& profiles) {
        if (!profiles)
            return;
        m_profiles = *profiles;
        if (!m_profiles.empty() && m_server->text().isEmpty() && m_user->text().isEmpty()) {
            offer(q(m_profiles.front().serverUrl), q(m_profiles.front().userName));
            m_password->setFocus();
        }
        noteProfiles();
    });
}

void SignInPage::signInWith(const QString& password)
{
    m_password->setText(password);
    signIn();
}

void SignInPage::noteProfiles()
{
    bool known = false;
    for (const services::KnownProfile& profile : m_profiles)
        known = known || (q(profile.userName) == m_user->text().trimmed() && q(profile.serverUrl) == m_server->text().trimmed());
    m_note->setText(known ? tr("You have signed in on this computer before: this also works without a network.")
                          : tr("The first sign-in on this computer needs the server. Afterwards it also works without a network."));
    m_go->setEnabled(!m_busyNow && !m_server->text().trimmed().isEmpty() && !m_user->text().trimmed().isEmpty() && !m_password->text().isEmpty());
}

void SignInPage::signIn()
{
    if (!m_go->isEnabled())
        return;
    m_busyNow = true;
    m_banner->clear();
    m_texts.apply();
    for (QWidget* input : std::initializer_list<QWidget*>{m_server, m_user, m_password})
        input->setEnabled(false);
    QTimer::singleShot(kShowBusyMs, this, [this] { m_busy->setVisible(m_busyNow); });
    services::SignInRequest request{u8(m_server->text().trimmed()), u8(m_user->text().trimmed()), u8(m_password->text()), m_services.preferences.settings().caFile};
    whenReady(m_services.session.signIn(std::move(request)), this, [this](const base::Result<services::SignedIn>& result) { answered(result); });
}

void SignInPage::answered(const base::Result<services::SignedIn>& result)
{
    m_busyNow = false;
    m_busy->hide();
    for (QWidget* input : std::initializer_list<QWidget*>{m_server, m_user, m_password})
        input->setEnabled(true);
    m_texts.apply();
    if (result) {
        m_password->clear();
        services::Settings settings = m_services.preferences.settings();
        settings.serverUrl = result->serverUrl;
        settings.userName = result->userName;
        m_services.preferences.change(std::move(settings));
        return;   // the navigator follows the session's state
    }
    QString text = ErrorText::of(result.error());
    if (result.error().code == base::ErrorCode::Conflict)
        text = tr("This user is already signed in on this computer in another window.");
    else if (result.error().code == base::ErrorCode::Forbidden)
        text = tr("This account or this computer is switched off on the server. Ask your administrator.");
    else if (result.error().code == base::ErrorCode::Invalid)
        text = tr("The address cannot be used. Write it like https://collect.example, without a path; plain http only for this computer.");
    m_banner->say(QStringLiteral("block"), QStringLiteral("light-block"), text);
    const bool credentials = result.error().code == base::ErrorCode::Unauthorized || result.error().code == base::ErrorCode::WrongKey;
    if (credentials)
        m_password->clear();
    (result.error().code == base::ErrorCode::Network || result.error().code == base::ErrorCode::Invalid ? m_server : m_password)->setFocus();
}

} // namespace evenhand::ui
