<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en_GB" sourcelanguage="en">
<context>
    <name>evenhand::ui::Format</name>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>%n day ago</numerusform>
            <numerusform>%n days ago</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>evenhand::ui::ContactPointRow</name>
    <message numerus="yes">
        <source>%n attempt(s), last: %1</source>
        <translation>
            <numerusform>%n attempt, last: %1</numerusform>
            <numerusform>%n attempts, last: %1</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PressureMeter</name>
    <message numerus="yes">
        <source>%n talk(s)</source>
        <translation>
            <numerusform>%n talk</numerusform>
            <numerusform>%n talks</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>over %n case(s)</source>
        <translation>
            <numerusform>over %n case</numerusform>
            <numerusform>over %n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>evenhand::ui::TodayPage</name>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>evenhand::ui::CallLogPage</name>
    <message numerus="yes">
        <source>%n call(s)</source>
        <translation>
            <numerusform>%n call</numerusform>
            <numerusform>%n calls</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>evenhand::ui::PhrasePanel</name>
    <message numerus="yes">
        <source>%n hit(s) ignored here</source>
        <translation>
            <numerusform>%n hit ignored here</numerusform>
            <numerusform>%n hits ignored here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>evenhand::ui::SyncText</name>
    <message numerus="yes">
        <source>%n entries</source>
        <translation>
            <numerusform>%n entry</numerusform>
            <numerusform>%n entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n drafts</source>
        <translation>
            <numerusform>%n draft</numerusform>
            <numerusform>%n drafts</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recordings (%1)</source>
        <translation>
            <numerusform>%n recording (%1)</numerusform>
            <numerusform>%n recordings (%1)</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>evenhand::ui::SyncPage</name>
    <message numerus="yes">
        <source>%n parts put right</source>
        <translation>
            <numerusform>%n part put right</numerusform>
            <numerusform>%n parts put right</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n cases are gone from the server&apos;s view without an order; your supervisor should know</source>
        <translation>
            <numerusform>%n case is gone from the server&apos;s view without an order; your supervisor should know</numerusform>
            <numerusform>%n cases are gone from the server&apos;s view without an order; your supervisor should know</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>evenhand::ui::SoundText</name>
    <message numerus="yes">
        <source>%n recording(s) recovered after a crash (%1 in all).</source>
        <translation>
            <numerusform>%n recording recovered after a crash (%1 in all).</numerusform>
            <numerusform>%n recordings recovered after a crash (%1 in all).</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n recording(s) cannot be read and are kept for support.</source>
        <translation>
            <numerusform>%n recording cannot be read and is kept for support.</numerusform>
            <numerusform>%n recordings cannot be read and are kept for support.</numerusform>
        </translation>
    </message>
</context>
</TS>
