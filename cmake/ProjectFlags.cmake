# SPDX-FileCopyrightText: Evenhand contributors
# SPDX-License-Identifier: GPL-3.0-or-later
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_library(evenhand_flags INTERFACE)
add_library(Evenhand::Flags ALIAS evenhand_flags)
target_include_directories(evenhand_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(evenhand_flags INTERFACE
    -Wall -Wextra -Wpedantic -Wshadow -Wold-style-cast -Wnon-virtual-dtor -Woverloaded-virtual -Wcast-qual
    $<$<BOOL:${EVENHAND_WERROR}>:-Werror>)
# GCC 12 reports false positives of these two inside libstdc++ and nlohmann::json once optimisation is on.
target_compile_options(evenhand_flags INTERFACE $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-maybe-uninitialized>)
target_compile_definitions(evenhand_flags INTERFACE
    QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_CAST_FROM_BYTEARRAY QT_NO_URL_CAST_FROM_STRING
    QT_NO_NARROWING_CONVERSIONS_IN_CONNECT QT_STRICT_ITERATORS QT_USE_QSTRINGBUILDER QT_NO_KEYWORDS
    QT_DISABLE_DEPRECATED_BEFORE=0x060400)
if(MOLD_PROGRAM)
    target_link_options(evenhand_flags INTERFACE -fuse-ld=mold)
endif()
if(EVENHAND_FUZZ)
    target_compile_options(evenhand_flags INTERFACE -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined)
    target_link_options(evenhand_flags INTERFACE -fsanitize=address,undefined)
endif()
if(EVENHAND_SANITIZE)
    target_compile_options(evenhand_flags INTERFACE -fsanitize=${EVENHAND_SANITIZE} -fno-omit-frame-pointer)
    target_link_options(evenhand_flags INTERFACE -fsanitize=${EVENHAND_SANITIZE})
endif()
