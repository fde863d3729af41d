# SPDX-FileCopyrightText: Evenhand contributors
# SPDX-License-Identifier: GPL-3.0-or-later
# evenhand_embed_files(TARGET t HEADER sql_queries.h NAMESPACE evenhand::db::sql ROOT dir FILES a.sql …)
# Each file becomes an `inline constexpr std::string_view kFolderFile` in a generated header, so a missing file fails the build.
# The name is the path below ROOT in UpperCamel: queries/case/find.sql -> kCaseFind for ROOT queries.
function(evenhand_embed_files)
    cmake_parse_arguments(EMBED "" "TARGET;HEADER;NAMESPACE;ROOT" "FILES" ${ARGN})
    set(output ${CMAKE_CURRENT_BINARY_DIR}/generated/${EMBED_HEADER})
    add_custom_command(
        OUTPUT ${output}
        COMMAND python3 ${PROJECT_SOURCE_DIR}/tools/embed_files.py --output ${output} --namespace ${EMBED_NAMESPACE}
            --root ${CMAKE_CURRENT_SOURCE_DIR}/${EMBED_ROOT} ${EMBED_FILES}
        WORKING_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}
        DEPENDS ${EMBED_FILES} ${PROJECT_SOURCE_DIR}/tools/embed_files.py
        COMMENT "Embedding ${EMBED_HEADER}" VERBATIM)
    target_sources(${EMBED_TARGET} PRIVATE ${output})
    target_include_directories(${EMBED_TARGET} PRIVATE ${CMAKE_CURRENT_BINARY_DIR}/generated)
endfunction()
