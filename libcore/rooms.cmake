# The rooms of libcore, lowest first. A room may include those before it in its list, never one after;
# tests/layers checks that, and the link order below makes a violation fail early.
set(CARECHAIN_ROOMS base crypto encoding store ledger contract care cli)

set(lower "")
foreach(room IN LISTS CARECHAIN_ROOMS)
  file(GLOB sources CONFIGURE_DEPENDS
    "${PROJECT_SOURCE_DIR}/libcore/${room}/*.cpp" "${PROJECT_SOURCE_DIR}/libcore/${room}/*/*.cpp")
  file(GLOB headers CONFIGURE_DEPENDS
    "${PROJECT_SOURCE_DIR}/libcore/${room}/*.hpp" "${PROJECT_SOURCE_DIR}/libcore/${room}/*/*.hpp")
  if(sources)
    add_library(carechain_${room} OBJECT ${sources})
    target_link_libraries(carechain_${room} PRIVATE carechain_flags dep_fmt)
    carechain_precompile(carechain_${room})
    carechain_unite(carechain_${room})
    target_sources(carechain_${room} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}" FILES ${headers})
    list(APPEND CARECHAIN_BUILT_ROOMS ${room})
  endif()
endforeach()

add_library(carechain_core STATIC)
add_library(carechain::core ALIAS carechain_core)
set_target_properties(carechain_core PROPERTIES OUTPUT_NAME carechain EXPORT_NAME core)
foreach(room IN LISTS CARECHAIN_BUILT_ROOMS)
  target_sources(carechain_core PRIVATE $<TARGET_OBJECTS:carechain_${room}>)
endforeach()
target_link_libraries(carechain_core PRIVATE carechain_flags INTERFACE
  $<BUILD_INTERFACE:dep_cryptopp> $<BUILD_INTERFACE:dep_leveldb> $<BUILD_INTERFACE:dep_yaml> $<BUILD_INTERFACE:dep_pugixml>
  $<BUILD_INTERFACE:Threads::Threads>)
target_include_directories(carechain_core INTERFACE
  $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}> $<INSTALL_INTERFACE:include/carechain>)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # A moved-from std::variant looks uninitialised to g++ 12.
  set_source_files_properties("${PROJECT_SOURCE_DIR}/libcore/encoding/json.cpp" PROPERTIES COMPILE_OPTIONS
    -Wno-maybe-uninitialized)
endif()
