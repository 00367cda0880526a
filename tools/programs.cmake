# Programs: one source each in tools/, compiled once into an archive; every executable takes what it needs from it.
#
#   bin/<prefix><name>   a file each; or with SINGLE_BINARY one file, bin/<prefix>carechain, and hard links to it
#   bin/carechain-test   all of them in one, with a clock and random bytes that tests can set (never installed)
#
# Target `docs` rewrites man/ and completions/ from the declared options.
set(CARECHAIN_BIN "${PROJECT_BINARY_DIR}/bin")
set(CARECHAIN_MAINS "${PROJECT_BINARY_DIR}/mains")
set(CARECHAIN_PROGRAMS "")

# A program whose source is not there yet is left out.
macro(add_tool name)
  if(EXISTS "${PROJECT_SOURCE_DIR}/tools/${name}.cpp")
    list(APPEND CARECHAIN_PROGRAMS ${name})
  endif()
endmacro()

add_tool(carechain)
add_tool(keygen)
add_tool(init-ledger)
add_tool(enroll-identity)
add_tool(govern-ledger)
add_tool(put-record)
add_tool(grant)
add_tool(revoke)
add_tool(request-access)
add_tool(release-record)
add_tool(open-record)
add_tool(access-log)
add_tool(explain-access)
add_tool(review-access)
add_tool(erase-key)
add_tool(verify-erasure)
add_tool(legal-hold)
add_tool(register-copy)
add_tool(rotate-key)
add_tool(register-product)
add_tool(capture-events)
add_tool(move-drug)
add_tool(trace-drug)
add_tool(verify-drug)
add_tool(reconcile-stock)
add_tool(recall-drug)
add_tool(enroll-coverage)
add_tool(check-eligibility)
add_tool(submit-claim)
add_tool(show-claim)
add_tool(review-claim)
add_tool(reverse-claim)
add_tool(export-remittance)
add_tool(register-provider)
add_tool(attest-provider)
add_tool(find-provider)
add_tool(check-contract)
add_tool(deploy-contract)
add_tool(trial-register)
add_tool(trial-amend)
add_tool(trial-event)
add_tool(trial-boundary)
add_tool(trial-publish)
add_tool(trial-pay)
add_tool(show-trial)
add_tool(submit-tx)
add_tool(mine)
add_tool(show-tx)
add_tool(list)
add_tool(show-chain)
add_tool(verify-chain)
add_tool(rebuild-index)

set_source_files_properties("${PROJECT_SOURCE_DIR}/libcore/cli/catalog.cpp" PROPERTIES COMPILE_DEFINITIONS
  "CARECHAIN_VERSION=\"${PROJECT_VERSION}\";CARECHAIN_PROGRAM_PREFIX=\"${PROGRAM_PREFIX}\"")

set(tool_sources "")
foreach(name IN LISTS CARECHAIN_PROGRAMS)
  list(APPEND tool_sources "${PROJECT_SOURCE_DIR}/tools/${name}.cpp")
endforeach()
add_library(carechain_tools STATIC ${tool_sources})
target_link_libraries(carechain_tools PRIVATE carechain_flags dep_fmt)
target_precompile_headers(carechain_tools PRIVATE
  "${PROJECT_SOURCE_DIR}/libcore/cli/options.hpp" "${PROJECT_SOURCE_DIR}/libcore/cli/program.hpp")
if(CCACHE AND CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # What ccache asks for before it keeps objects made with a precompiled header.
  target_compile_options(carechain_tools PRIVATE -fpch-preprocess)
  set_target_properties(carechain_tools PROPERTIES CXX_COMPILER_LAUNCHER
    "${CMAKE_COMMAND};-E;env;CCACHE_SLOPPINESS=pch_defines,time_macros;${CCACHE}")
endif()

# main() of an executable with one program; `carechain` must also know that no other is linked in.
function(write_main name file)
  string(REPLACE "-" "_" function "program_${name}")
  set(text "int ${function}(int, char**);\nint main(int argc, char** argv) { return ${function}(argc, argv); }\n")
  if(name STREQUAL "carechain")
    string(PREPEND text "#include \"libcore/cli/dispatch.hpp\"\n")
    string(APPEND text
      "carechain::cli::ProgramMain carechain::cli::linked_program(std::string_view) { return nullptr; }\n")
  endif()
  file(CONFIGURE OUTPUT "${file}" CONTENT "${text}" @ONLY)
endfunction()

# main() of an executable with all of them.
function(write_main_of_all file)
  set(declared "")
  set(rows "")
  foreach(name IN LISTS CARECHAIN_PROGRAMS)
    string(REPLACE "-" "_" function "program_${name}")
    string(APPEND declared "int ${function}(int, char**);\n")
    string(APPEND rows "  if (name == \"${name}\") return ${function};\n")
  endforeach()
  file(CONFIGURE OUTPUT "${file}" @ONLY CONTENT "#include \"libcore/cli/dispatch.hpp\"
${declared}
carechain::cli::ProgramMain carechain::cli::linked_program(std::string_view name) {
${rows}  return nullptr;
}
int main(int argc, char** argv) { return carechain::cli::run_linked_program(argc, argv); }
")
endfunction()

function(add_program_executable target output)
  add_executable(${target} ${ARGN})
  set_target_properties(${target} PROPERTIES OUTPUT_NAME "${output}" RUNTIME_OUTPUT_DIRECTORY "${CARECHAIN_BIN}")
  target_link_libraries(${target} PRIVATE carechain_flags carechain_tools carechain_core)
  target_link_options(${target} PRIVATE -Wl,--gc-sections $<$<CONFIG:Release>:-s>)
  if(CARECHAIN_STATIC)
    target_link_options(${target} PRIVATE -static)
  endif()
endfunction()

# How the build runs program `name`, for pages and completions.
function(program_command name result)
  if(SINGLE_BINARY)
    set(${result} "$<TARGET_FILE:carechain>" "${name}" PARENT_SCOPE)
  else()
    set(${result} "$<TARGET_FILE:${name}>" PARENT_SCOPE)
  endif()
endfunction()

if(SINGLE_BINARY)
  write_main_of_all("${CARECHAIN_MAINS}/all.cpp")
  add_program_executable(carechain "${PROGRAM_PREFIX}carechain" "${CARECHAIN_MAINS}/all.cpp")
  foreach(name IN LISTS CARECHAIN_PROGRAMS)
    if(NOT name STREQUAL "carechain")
      add_custom_command(TARGET carechain POST_BUILD VERBATIM
        COMMAND ln -f "$<TARGET_FILE:carechain>" "${CARECHAIN_BIN}/${PROGRAM_PREFIX}${name}")
    endif()
  endforeach()
else()
  foreach(name IN LISTS CARECHAIN_PROGRAMS)
    write_main(${name} "${CARECHAIN_MAINS}/${name}.cpp")
    add_program_executable(${name} "${PROGRAM_PREFIX}${name}" "${CARECHAIN_MAINS}/${name}.cpp")
  endforeach()
endif()

# Pages of every program into `to`, each named with `prefix` ("-": none), as COMMANDs.
function(page_commands to prefix result)
  string(REGEX REPLACE "^-$" "" before "${prefix}")
  set(commands COMMAND ${CMAKE_COMMAND} -E make_directory
    "${to}/man" "${to}/completions/bash" "${to}/completions/zsh" "${to}/completions/fish")
  foreach(name IN LISTS CARECHAIN_PROGRAMS)
    program_command(${name} program)
    foreach(page "man man/${before}${name}.1" "bash completions/bash/${before}${name}"
                 "zsh completions/zsh/_${before}${name}" "fish completions/fish/${before}${name}.fish")
      string(REPLACE " " ";" page "${page}")
      list(GET page 0 form)
      list(GET page 1 file)
      list(APPEND commands COMMAND ${program} --emit ${form} "--emit-prefix=${prefix}" > "${to}/${file}")
    endforeach()
  endforeach()
  set(${result} ${commands} PARENT_SCOPE)
endfunction()
if(SINGLE_BINARY)
  set(page_programs carechain)
else()
  set(page_programs ${CARECHAIN_PROGRAMS})
endif()
page_commands("${PROJECT_SOURCE_DIR}" "-" commands)
add_custom_target(docs ${commands} DEPENDS ${page_programs} COMMENT "Rewriting man/ and completions/")

# What is installed: the pages of the source tree, or with a prefix their renamed likes.
set(CARECHAIN_PAGES "${PROJECT_SOURCE_DIR}")
if(PROGRAM_PREFIX)
  set(CARECHAIN_PAGES "${PROJECT_BINARY_DIR}/pages")
  page_commands("${CARECHAIN_PAGES}" "${PROGRAM_PREFIX}" commands)
  add_custom_target(prefixed_pages ALL ${commands} DEPENDS ${page_programs} COMMENT "Rendering pages")
endif()

if(CARECHAIN_TESTS)
  write_main_of_all("${CARECHAIN_MAINS}/test.cpp")
  add_program_executable(carechain-test carechain-test
    "${CARECHAIN_MAINS}/test.cpp" "${PROJECT_SOURCE_DIR}/libcore/cli/world.cpp")
  target_compile_definitions(carechain-test PRIVATE CARECHAIN_TEST_WORLD)
  target_link_libraries(carechain-test PRIVATE dep_fmt)
  add_test(NAME pages COMMAND "${PROJECT_SOURCE_DIR}/tests/pages" "$<TARGET_FILE:carechain-test>")
endif()
