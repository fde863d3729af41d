// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmake/pch/core.h"

#include <QFuture>
#include <QObject>
#include <QPromise>
#include <QString>
#include <QThread>
#include <QTimer>
