// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/sync/syncengine.h"

/// Private to the engine's .cpp files.
namespace evenhand::sync {

template <class T>
std::function<void(Reply<T>)> SyncEngine::inRound(std::function<void(Reply<T>)> next)
{
    return [round = std::weak_ptr<int>(m_round), next = std::move(next)](Reply<T> reply) {
        if (!round.expired())
            next(std::move(reply));
    };
}

} // namespace evenhand::sync
