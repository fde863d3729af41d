// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include "server/api/attemptlimiter.h"
#include "server/api/message.h"
#include "server/api/pokes.h"
#include "server/api/requestlimiter.h"
#include "server/api/workerpool.h"
#include "server/sequencer/receiptsigner.h"
#include "server/sequencer/sequencer.h"

namespace evenhand::server {

/// What the endpoints share. Everything in it is thread-safe or immutable and outlives the requests.
struct ApiContext {
    const ServerKeys& keys;
    const base::Clock& clock;
    Sequencer& sequencer;
    domain::DatasetId dataset;
    std::string version;
    domain::wire::Policy policy{};
    domain::wire::Limits limits{};
    AttemptLimiter attempts;
    std::shared_ptr<BlobFiles> blobs{};            ///< absent: this server takes no recordings
    std::shared_ptr<Pokes> pokes{};                ///< absent: no /v1/stream
    std::shared_ptr<RequestLimiter> requests{};    ///< absent: nobody is held back
    std::int64_t quarantineBytesPerDay = 64LL << 20;   ///< of one device; what cannot be used must not fill the disk
    std::shared_ptr<ReceiptSigner> signer{};       ///< used by sequencer jobs only; absent: they sign by themselves
};

/// One signed-in request.
struct Caller {
    SessionRecord session;
    UserRecord user;
    DeviceRecord device;
};

/// Who calls, from the bearer token. The error is the problem to answer.
[[nodiscard]] tl::expected<Caller, domain::wire::Problem> authenticate(Store& store, const ApiContext& context, const Request& request);
/// The same, for what shows data: the session must have the scope and the account must be open.
[[nodiscard]] tl::expected<Caller, domain::wire::Problem> authenticateReader(Store& store, const ApiContext& context, const Request& request);

void hello(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void enrol(Store& store, ApiContext& context, const Request& request, const Reply& reply);
void openSession(Store& store, ApiContext& context, const Request& request, const Reply& reply);
void closeSession(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void pushEvents(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void attemptShares(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void packs(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void publishScript(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void pushOpaque(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void compareDigests(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void snapshot(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void storePurgeReceipts(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void stream(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void handleBlob(Store& store, const ApiContext& context, const Request& request, const Reply& reply);
void pull(Store& store, const ApiContext& context, const Request& request, const Reply& reply);

/// Password checked against the account, in the same time whether or not there is such an account.
[[nodiscard]] bool isPasswordRight(const std::optional<UserRecord>& user, const std::string& password);
/// Inside a sequencer job: has the device used up what may lie under quarantine in a day, with what this job stored? Raises an alarm.
[[nodiscard]] base::Result<bool> isQuarantineFull(Store& store, const ApiContext& context, const domain::DeviceId& device);
/// The kind of a statement that is not verified yet; what it claims of itself.
[[nodiscard]] base::Result<base::Json> unverified(const domain::SignedStatement& statement);

/// Finds the endpoint of a request and runs it on the right threads. Thread-safe.
class Api {
public:
    Api(ApiContext& context, WorkerPool& workers, WorkerPool& passwords) : m_context(context), m_workers(workers), m_passwords(passwords) {}
    /// `reply` is called exactly once, on some other thread or on this one.
    void handle(Request request, Reply reply);
    /// Largest body that this path takes, in bytes.
    [[nodiscard]] static std::size_t bodyLimit(const std::string& path);
    /// Bodies of these go to disk as they come, up to kUploadLimit.
    [[nodiscard]] static bool isUpload(const std::string& method, const std::string& path);
    static constexpr std::size_t kUploadLimit = 8U << 20;
    [[nodiscard]] const ApiContext& context() const { return m_context; }

private:
    ApiContext& m_context;
    WorkerPool& m_workers;
    WorkerPool& m_passwords;
};

} // namespace evenhand::server
