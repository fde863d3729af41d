// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QBoxLayout>
#include <QFrame>
#include <QLabel>
#include <QPushButton>
#include <QString>
#include <QWidget>

namespace evenhand::ui {

/// The small parts every page is made of. "look" is the dynamic property that resources/qss/evenhand.qss dresses.
void setLook(QWidget* widget, const QString& look);

[[nodiscard]] QLabel* makeLabel(QWidget* parent, const QString& look = {});        ///< plain text, never rich
[[nodiscard]] QFrame* makeCard(QWidget* parent);
[[nodiscard]] QFrame* makeLine(QWidget* parent);
[[nodiscard]] QPushButton* makeButton(QWidget* parent, const QString& objectName, const QString& look = {});
/// Layout without margins and with the given spacing.
[[nodiscard]] QVBoxLayout* column(QWidget* parent, int margin = 0, int spacing = 8);
[[nodiscard]] QHBoxLayout* row(int spacing = 8);
void clearLayout(QLayout* layout);                                                 ///< deletes the widgets too

/// Names an input for tests and for screen readers.
void nameInput(QWidget* input, const QString& objectName);

/// A coloured strip with an icon and a sentence: what stands above a page's content. Hidden while it says nothing.
class Banner : public QFrame {
    Q_OBJECT

public:
    explicit Banner(QWidget* parent = nullptr);
    /// `look`: allow, warn, hold, block or info. An empty text hides the banner.
    void say(const QString& look, const QString& iconName, const QString& text, const QString& detail = {});
    void clear() { say(m_look, m_icon, {}); }
    [[nodiscard]] QString text() const;

protected:
    void changeEvent(QEvent* event) override;

private:
    void paintIcon();

    QString m_look = QStringLiteral("info");
    QString m_icon;
    QLabel* m_iconLabel;
    QLabel* m_text;
    QLabel* m_detail;
};

/// A label that cuts its text with … and shows the whole in the tool tip.
class ElidedLabel : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(QWidget* parent = nullptr);
    void setWhole(const QString& text);
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();
    QString m_whole;
};

/// A button that cuts its text with … when there is no room, and then shows the whole in the tool tip.
class ElidedButton : public QPushButton {
    Q_OBJECT

public:
    explicit ElidedButton(QWidget* parent, const QString& objectName, const QString& look);
    /// `tip` stands in the tool tip whether or not the text is cut.
    void setWhole(const QString& text, const QString& tip = {});

protected:
    void resizeEvent(QResizeEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void elide();
    QString m_whole;
    QString m_tip;
};

} // namespace evenhand::ui
