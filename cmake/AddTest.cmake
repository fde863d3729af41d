# SPDX-FileCopyrightText: Evenhand contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# evenhand_add_test(NAME tst_money SOURCES tst_money.cpp LINK Evenhand::Base [LABELS unit] [TIMEOUT s] [ENV A=b …])
# One QtTest binary per class. Tests run offscreen, in Shanghai time, with every folder of the user redirected.
function(evenhand_add_test)
    cmake_parse_arguments(TEST "" "NAME;TIMEOUT" "SOURCES;LINK;LABELS;ENV" ${ARGN})
    if(NOT TEST_TIMEOUT)
        set(TEST_TIMEOUT 60)
    endif()
    add_executable(${TEST_NAME} ${TEST_SOURCES})
    set_target_properties(${TEST_NAME} PROPERTIES AUTOMOC ON)
    target_link_libraries(${TEST_NAME} PRIVATE Evenhand::Flags Qt6::Test ${TEST_LINK})
    target_compile_definitions(${TEST_NAME} PRIVATE QT_FORCE_ASSERTS EVENHAND_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    add_test(NAME ${TEST_NAME} COMMAND ${TEST_NAME})
    set(home ${CMAKE_BINARY_DIR}/test-home/${TEST_NAME})
    file(MAKE_DIRECTORY ${home})
    set_tests_properties(${TEST_NAME} PROPERTIES
        TIMEOUT ${TEST_TIMEOUT}
        LABELS "${TEST_LABELS}"
        ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LANG=C.UTF-8;LC_ALL=C.UTF-8;TZ=Asia/Shanghai;HOME=${home};XDG_CONFIG_HOME=${home}/config;XDG_DATA_HOME=${home}/data;XDG_CACHE_HOME=${home}/cache;XDG_RUNTIME_DIR=${home};${TEST_ENV}")
endfunction()
