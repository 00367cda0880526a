# Warnings, sanitizers, compiler cache: what every target of the project is compiled with.
add_library(carechain_flags INTERFACE)
target_compile_options(carechain_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror -ffunction-sections -fdata-sections)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 sees overflows that are not there in std::vector and std::string once they are inlined (GCC bugs 105329,
  # 105651, 105762). clang and the sanitizers watch the same code.
  target_compile_options(carechain_flags INTERFACE -Wno-stringop-overflow -Wno-array-bounds -Wno-restrict)
endif()
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG" CACHE STRING "" FORCE)
target_include_directories(carechain_flags INTERFACE $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}>)
if(CARECHAIN_SANITIZE)
  target_compile_options(carechain_flags INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all -g)
  target_link_options(carechain_flags INTERFACE -fsanitize=address,undefined)
  set(CARECHAIN_STATIC OFF CACHE BOOL "" FORCE)
endif()
if(CARECHAIN_FUZZ)
  # At -O1 traces can be read, and tests take a fifth of their time at -O0.
  set(CMAKE_CXX_FLAGS_RELEASE "-O1 -DNDEBUG" CACHE STRING "" FORCE)
  target_compile_options(carechain_flags INTERFACE
    -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all -gline-tables-only)
  target_link_options(carechain_flags INTERFACE -fsanitize=address,undefined)
  set(CARECHAIN_STATIC OFF CACHE BOOL "" FORCE)
  # Each of these executables holds the whole library with its counters: GNU ld takes nine seconds for it, lld one.
  find_program(LLD ld.lld)
  if(LLD)
    target_link_options(carechain_flags INTERFACE -fuse-ld=lld)
  endif()
endif()
find_program(CCACHE ccache)
if(CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE}")
endif()

# The headers that most sources include, for a build from scratch. The first target precompiles them, the others share.
function(carechain_precompile target)
  if(CARECHAIN_PRECOMPILE AND TARGET carechain_base AND NOT target STREQUAL "carechain_base")
    target_precompile_headers(${target} REUSE_FROM carechain_base)
  elseif(CARECHAIN_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <functional> <map> <memory> <optional> <set> <span>
      <string> <string_view> <unordered_map> <variant> <vector> <fmt/format.h>)
  endif()
endfunction()

# Sources of a target that are compiled as one: most of the time goes into headers that they share, and into what is made
# of them.
function(carechain_unite target)
  if(CARECHAIN_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
    if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
      # To g++ a source within another is a header, which may not use an anonymous namespace.
      target_compile_options(${target} PRIVATE -Wno-subobject-linkage)
    endif()
  endif()
endfunction()
