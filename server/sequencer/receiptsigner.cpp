// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "server/sequencer/receiptsigner.h"

namespace evenhand::server {

namespace {
constexpr std::size_t kWorthAThread = 4;   // fewer are signed sooner than another thread wakes up
}

ReceiptSigner::ReceiptSigner(const ServerKeys& keys, domain::DatasetId dataset) : m_keys(keys), m_dataset(dataset), m_thread([this] { loop(); }) {}

ReceiptSigner::~ReceiptSigner()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stopping = true;
    }
    m_wake.notify_one();
    m_thread.join();
}

ReceiptSigner::Batch::Batch(ReceiptSigner& signer, std::vector<EventRecord*> records) : m_signer(signer), m_count(records.size())
{
    if (m_count < kWorthAThread) {
        for (auto* record : records)
            signReceipt(*record, signer.m_keys, signer.m_dataset);
        m_signer.m_signed = m_count;
        return;
    }
    m_signer.m_signed = 0;
    {
        const std::lock_guard lock(signer.m_mutex);
        signer.m_records = std::move(records);
        signer.m_hasWork = true;
    }
    signer.m_wake.notify_one();
}

ReceiptSigner::Batch::~Batch()
{
    if (m_count > 0)
        waitFor(m_count - 1);
}

void ReceiptSigner::Batch::waitFor(std::size_t index)
{
    for (auto done = m_signer.m_signed.load(std::memory_order_acquire); done <= index; done = m_signer.m_signed.load(std::memory_order_acquire))
        m_signer.m_signed.wait(done, std::memory_order_acquire);
}

void ReceiptSigner::loop()
{
    for (;;) {
        std::vector<EventRecord*> records;
        {
            std::unique_lock lock(m_mutex);
            m_wake.wait(lock, [this] { return m_stopping || m_hasWork; });
            if (!m_hasWork)
                return;
            records = std::move(m_records);
            m_hasWork = false;
        }
        for (auto* record : records) {
            signReceipt(*record, m_keys, m_dataset);
            m_signed.fetch_add(1, std::memory_order_release);
            m_signed.notify_one();
        }
    }
}

} // namespace evenhand::server
