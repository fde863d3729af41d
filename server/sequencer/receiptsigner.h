// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "server/sequencer/receipt.h"

namespace evenhand::server {

/// Signs the receipts of a batch on a thread of its own while the sequencer writes the rows that do not need them. One batch at a time; all
/// functions belong to the sequencer thread.
class ReceiptSigner {
public:
    ReceiptSigner(const ServerKeys& keys, domain::DatasetId dataset);
    ~ReceiptSigner();
    ReceiptSigner(const ReceiptSigner&) = delete;
    ReceiptSigner& operator=(const ReceiptSigner&) = delete;

    /// A batch being signed. The records stay where they are, and nobody touches their receipts, until it is gone.
    class Batch {
    public:
        Batch(ReceiptSigner& signer, std::vector<EventRecord*> records);
        ~Batch();                                      ///< waits for the rest
        Batch(const Batch&) = delete;
        Batch& operator=(const Batch&) = delete;
        void waitFor(std::size_t index);               ///< until that record is signed; it may be read then

    private:
        ReceiptSigner& m_signer;
        std::size_t m_count;
    };

private:
    void loop();

    const ServerKeys& m_keys;
    const domain::DatasetId m_dataset;
    std::mutex m_mutex;                                // guards the next three
    std::condition_variable m_wake;
    std::vector<EventRecord*> m_records;
    bool m_hasWork = false;
    bool m_stopping = false;
    std::atomic<std::size_t> m_signed = 0;             // of the batch, from its beginning
    std::thread m_thread;
};

} // namespace evenhand::server
