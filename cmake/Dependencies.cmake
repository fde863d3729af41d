# SPDX-FileCopyrightText: Evenhand contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# Everything comes from the distribution; nothing is downloaded during the build.
find_package(Qt6 6.4 REQUIRED COMPONENTS Core Gui Widgets Network Svg LinguistTools Test)
find_package(PkgConfig REQUIRED)
find_package(OpenSSL REQUIRED)
find_package(Threads REQUIRED)
find_package(ZLIB REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(spdlog REQUIRED)
find_package(tl-expected REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc i18n)
find_package(Boost 1.81 REQUIRED)
find_package(CLI11 REQUIRED)
pkg_check_modules(SODIUM REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(LIBPQ REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(OPENCC REQUIRED IMPORTED_TARGET opencc)
pkg_check_modules(HYPERSCAN IMPORTED_TARGET libhs)

# SQLCipher is linked statically with hidden symbols: a Qt or desktop plugin may load the system's libsqlite3 into the
# same process, and the two must not share one set of sqlite3_* symbols.
find_path(SQLCIPHER_INCLUDE_DIR sqlcipher/sqlite3.h REQUIRED)
find_library(SQLCIPHER_STATIC_LIBRARY NAMES libsqlcipher.a REQUIRED)
file(STRINGS ${SQLCIPHER_INCLUDE_DIR}/sqlcipher/sqlite3.h sqlcipher_sqlite_version REGEX "#define SQLITE_VERSION_NUMBER")
string(REGEX MATCH "[0-9]+$" sqlcipher_sqlite_version "${sqlcipher_sqlite_version}")
if(sqlcipher_sqlite_version LESS 3046000)
    message(FATAL_ERROR "SQLCipher here carries SQLite ${sqlcipher_sqlite_version}; 3.46 or later is needed. "
        "Run ./dev setup: it takes libsqlcipher-dev from the distribution's backports.")
endif()
add_library(evenhand_sqlcipher INTERFACE)
target_include_directories(evenhand_sqlcipher SYSTEM INTERFACE ${SQLCIPHER_INCLUDE_DIR})
target_compile_definitions(evenhand_sqlcipher INTERFACE SQLITE_HAS_CODEC=1)
target_link_libraries(evenhand_sqlcipher INTERFACE ${SQLCIPHER_STATIC_LIBRARY} OpenSSL::Crypto Threads::Threads ${CMAKE_DL_LIBS} m)
target_link_options(evenhand_sqlcipher INTERFACE "LINKER:--exclude-libs,ALL")

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM)
    set(CMAKE_C_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
    set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE_PROGRAM})
endif()
find_program(MOLD_PROGRAM mold)
