// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>
#include <string>

#include "server/store/agreementtable.h"
#include "server/store/assignments.h"
#include "server/store/blobtable.h"
#include "server/store/casetable.h"
#include "server/store/databaseurl.h"
#include "server/store/devicetable.h"
#include "server/store/digesttable.h"
#include "server/store/eventtable.h"
#include "server/store/officesettings.h"
#include "server/store/purgetable.h"
#include "server/store/rowtable.h"
#include "server/store/usertable.h"
#include "server/store/viewlog.h"

namespace evenhand::server {

enum class StoreMode { ReadWrite, ReadOnly };      ///< ReadWrite creates and migrates

/// The server's data on one connection. One Store per thread; several processes may hold one each.
///
/// How to write:
///     EVENHAND_ASSIGN(auto transaction, store.begin());       // waits for other writers
///     EVENHAND_ASSIGN(const auto seq, store.nextSeq());       // inside the transaction, never remembered beyond it
///     EVENHAND_TRY(store.rows().put({kind, id, caseId, seq, body}));
///     EVENHAND_TRY(store.viewLog().announce(caseId, seq));
///     EVENHAND_TRY(transaction.commit());
class Store {
public:
    [[nodiscard]] static base::Result<Store> open(const DatabaseUrl& url, StoreMode mode, const base::Clock& clock);
    Store(Store&&) noexcept;
    ~Store();

    [[nodiscard]] base::Result<SqlTransaction> begin();
    [[nodiscard]] base::Result<SqlTransaction> beginRead();      ///< one consistent state for several reads
    [[nodiscard]] base::Result<std::int64_t> nextSeq();          ///< the next server_seq; only inside a transaction
    [[nodiscard]] base::Result<std::int64_t> nextSeqs(std::int64_t count);   ///< that many at once: the first of them
    [[nodiscard]] base::Result<std::int64_t> lastSeq() const;
    [[nodiscard]] base::Result<bool> lead();                     ///< see SqlConnection::lead
    [[nodiscard]] const domain::DatasetId& dataset() const;
    [[nodiscard]] std::int64_t scopeEpoch() const;

    [[nodiscard]] OfficeSettings office();
    [[nodiscard]] AgreementTable agreements();
    [[nodiscard]] UserTable& users();
    [[nodiscard]] DeviceTable& devices();
    [[nodiscard]] BlobTable& blobs();
    [[nodiscard]] DigestTable& digests();
    [[nodiscard]] PurgeTable& purges();
    [[nodiscard]] CaseTable& cases();
    [[nodiscard]] RowTable& rows();
    [[nodiscard]] EventTable& events();
    [[nodiscard]] ViewLog& viewLog();
    [[nodiscard]] Assignments assignments(const ServerKeys& keys) const;
    [[nodiscard]] WriteCache& writeCache();                      ///< the sequencer's; off unless it switches it on
    [[nodiscard]] SqlConnection& connection();

private:
    struct Parts;
    explicit Store(std::unique_ptr<Parts> parts);
    std::unique_ptr<Parts> m_parts;
};

} // namespace evenhand::server
