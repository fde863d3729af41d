# SPDX-FileCopyrightText: Evenhand contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# evenhand_add_layer(NAME base SOURCES a.cpp … PUBLIC lib… PRIVATE lib… [PCH widgets] [NO_CONVERSION_WARNINGS])
# A layer is a static library with its own link list: what it must not see, it does not link.
option(EVENHAND_PCH "Precompile the headers that nearly every file reads; a page costs 20 s otherwise" ON)
option(EVENHAND_UNITY "Compile several files of a layer as one: a whole build takes a third of the time" ON)

function(evenhand_add_layer)
    cmake_parse_arguments(LAYER "NO_CONVERSION_WARNINGS" "NAME;ALIAS;PCH" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
    add_library(evenhand_${LAYER_NAME} STATIC ${LAYER_SOURCES})
    add_library(Evenhand::${LAYER_ALIAS} ALIAS evenhand_${LAYER_NAME})
    target_link_libraries(evenhand_${LAYER_NAME} PUBLIC Evenhand::Flags ${LAYER_PUBLIC} PRIVATE ${LAYER_PRIVATE})
    set_target_properties(evenhand_${LAYER_NAME} PROPERTIES UNITY_BUILD ${EVENHAND_UNITY} UNITY_BUILD_BATCH_SIZE 8)
    if(EVENHAND_PCH AND LAYER_PCH)
        target_precompile_headers(evenhand_${LAYER_NAME} PRIVATE ${PROJECT_SOURCE_DIR}/cmake/pch/${LAYER_PCH}.h)
    endif()
    if(NOT LAYER_NO_CONVERSION_WARNINGS)
        target_compile_options(evenhand_${LAYER_NAME} PRIVATE -Wconversion)
    endif()
endfunction()
