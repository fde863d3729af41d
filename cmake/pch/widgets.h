// SPDX-FileCopyrightText: Evenhand contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cmake/pch/qt.h"

#include <QtWidgets/QtWidgets>
