// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include <filesystem>
#include <fstream>

#include <QTemporaryDir>

#include "db/keyfile.h"
#include "tests/support/testresult.h"

using namespace evenhand;
using base::ErrorCode;
using db::KeyFile;

namespace {

constexpr base::Argon2Cost kCheap{1, 8 * 1024};   // a real cost would make the test minutes long
const std::string kPass = "correct horse";

std::string hex(const base::SecretKey& key) { return base::toHex(key.bytes()); }

} // namespace

class TestKeyFile : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { base::initialiseCrypto(); }
    void init()
    {
        m_temporary = std::make_unique<QTemporaryDir>();
        m_folder = m_temporary->filePath(QStringLiteral("profile")).toStdString();
    }

    void whatWasMadeOpensAgain()
    {
        KeyFile file(m_folder);
        QVERIFY(!file.exists());
        const auto made = file.create(kPass, kCheap);
        QVERIFY_RESULT(made);
        QVERIFY(file.exists());
        const auto opened = file.unlock(kPass);
        QVERIFY_RESULT(opened);
        QCOMPARE(hex(opened->journal), hex(made->journal));
        QCOMPARE(hex(opened->cache), hex(made->cache));
        QCOMPARE(opened->device.publicKey(), made->device.publicKey());
        QCOMPARE(file.devicePublicKey().value(), made->device.publicKey());
        QVERIFY(hex(opened->journal) != hex(opened->cache));
        QVERIFY(hex(opened->journal) != hex(opened->blob));
        QCOMPARE(static_cast<unsigned>(std::filesystem::status(m_folder).permissions() & std::filesystem::perms::all), 0700U);
    }

    void theWrongPassphraseIsSaid()
    {
        QVERIFY_RESULT(KeyFile(m_folder).create(kPass, kCheap));
        QVERIFY_FAILS(KeyFile(m_folder).unlock("Correct horse"), ErrorCode::WrongKey);
        QVERIFY_FAILS(KeyFile(m_folder).unlock(""), ErrorCode::WrongKey);
    }

    void aKeyFileIsNeverOverwritten()
    {
        QVERIFY_RESULT(KeyFile(m_folder).create(kPass, kCheap));
        QVERIFY_FAILS(KeyFile(m_folder).create("other", kCheap), ErrorCode::Conflict);
        QVERIFY_RESULT(KeyFile(m_folder).unlock(kPass));
    }

    void withoutAFileItIsNotFound() { QVERIFY_FAILS(KeyFile(m_folder).unlock(kPass), ErrorCode::NotFound); }

    void theGoodCopyHealsTheOther_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<bool>("absent");
        QTest::newRow("first copy missing") << QStringLiteral("keys.hdr") << true;
        QTest::newRow("first copy rotten") << QStringLiteral("keys.hdr") << false;
        QTest::newRow("second copy missing") << QStringLiteral("keys.hdr.bak") << true;
        QTest::newRow("second copy rotten") << QStringLiteral("keys.hdr.bak") << false;
    }
    void theGoodCopyHealsTheOther()
    {
        QFETCH(QString, name);
        QFETCH(bool, absent);
        QVERIFY_RESULT(KeyFile(m_folder).create(kPass, kCheap));
        const auto path = m_folder + "/" + name.toStdString();
        const auto good = read(path);
        if (absent)
            std::filesystem::remove(path);
        else
            write(path, flipped(good));
        QVERIFY_RESULT(KeyFile(m_folder).unlock(kPass));
        QCOMPARE(read(path), good);
    }

    void bothCopiesRottenIsDamage()
    {
        QVERIFY_RESULT(KeyFile(m_folder).create(kPass, kCheap));
        for (const char* name : {"/keys.hdr", "/keys.hdr.bak"})
            write(m_folder + name, flipped(read(m_folder + name)));
        QVERIFY_FAILS(KeyFile(m_folder).unlock(kPass), ErrorCode::Damaged);
    }

    void aTruncatedFileIsDamage()
    {
        QVERIFY_RESULT(KeyFile(m_folder).create(kPass, kCheap));
        for (const char* name : {"/keys.hdr", "/keys.hdr.bak"})
            write(m_folder + name, read(m_folder + name).substr(0, 40));
        QVERIFY_FAILS(KeyFile(m_folder).unlock(kPass), ErrorCode::Damaged);
    }

    void theNewPassphraseReplacesTheOldOne()
    {
        const auto made = KeyFile(m_folder).create(kPass, kCheap);
        QVERIFY_FAILS(KeyFile(m_folder).changePassphrase("wrong", "new one", kCheap), ErrorCode::WrongKey);
        QVERIFY_RESULT(KeyFile(m_folder).changePassphrase(kPass, "new one", kCheap));
        QVERIFY_FAILS(KeyFile(m_folder).unlock(kPass), ErrorCode::WrongKey);
        const auto opened = KeyFile(m_folder).unlock("new one");
        QVERIFY_RESULT(opened);
        QCOMPARE(hex(opened->journal), hex(made->journal));   // the files need no new encryption
        QCOMPARE(opened->device.publicKey(), made->device.publicKey());
    }

    void keysAreNotReadableInTheFile()
    {
        const auto made = KeyFile(m_folder).create(kPass, kCheap);
        const auto text = read(m_folder + "/keys.hdr");
        for (const auto* key : {&made->journal, &made->cache, &made->blob})
            QVERIFY(text.find(base::toBase64Url(key->bytes())) == std::string::npos);
        QVERIFY(text.find(base::toBase64Url(made->device.seed())) == std::string::npos);
    }

private:
    static std::string read(const std::string& path)
    {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    static void write(const std::string& path, const std::string& bytes) { std::ofstream(path, std::ios::binary) << bytes; }
    static std::string flipped(std::string bytes)
    {
        bytes[bytes.size() / 3] = bytes[bytes.size() / 3] == 'A' ? 'B' : 'A';
        return bytes;
    }

    std::unique_ptr<QTemporaryDir> m_temporary;
    std::string m_folder;
};

QTEST_GUILESS_MAIN(TestKeyFile)
#include "tst_keyfile.moc"
