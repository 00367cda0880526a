# Every library is a Debian 12 package; a missing one is named together with its package.
find_package(Threads REQUIRED)
find_package(CLI11 REQUIRED)          # libcli11-dev
find_package(fmt REQUIRED)            # libfmt-dev
find_package(leveldb REQUIRED)        # libleveldb-dev
find_package(yaml-cpp REQUIRED)       # libyaml-cpp-dev
find_package(nlohmann_json REQUIRED)  # nlohmann-json3-dev
find_package(PkgConfig REQUIRED)

# Static archives are named by file, since the packages' CMake targets are the shared ones.
function(carechain_dependency name header archive shared)
  add_library(${name} INTERFACE IMPORTED GLOBAL)
  if(CARECHAIN_STATIC)
    find_library(${archive}_ARCHIVE NAMES lib${archive}.a REQUIRED)
    target_link_libraries(${name} INTERFACE "${${archive}_ARCHIVE}")
  else()
    target_link_libraries(${name} INTERFACE ${shared})
  endif()
endfunction()
carechain_dependency(dep_cryptopp cryptopp/sha.h cryptopp cryptopp)
carechain_dependency(dep_leveldb leveldb/db.h leveldb leveldb)
carechain_dependency(dep_snappy snappy.h snappy snappy)
carechain_dependency(dep_yaml yaml-cpp/yaml.h yaml-cpp yaml-cpp)
carechain_dependency(dep_pugixml pugixml.hpp pugixml pugixml)  # libpugixml-dev
target_link_libraries(dep_leveldb INTERFACE dep_snappy Threads::Threads)

# Only fmt's headers: libcore/base/formatting_library.cpp compiles the rest.
add_library(dep_fmt INTERFACE IMPORTED GLOBAL)
target_include_directories(dep_fmt SYSTEM INTERFACE $<TARGET_PROPERTY:fmt::fmt,INTERFACE_INCLUDE_DIRECTORIES>)

# What make-label draws with. Debian has no archive of libzint, so these are linked as shared libraries, into that
# program alone.
find_library(ZINT_LIBRARY zint)   # libzint-dev
find_path(ZINT_HEADERS zint.h)
find_library(PNG_LIBRARY png16)   # libpng-dev
find_path(PNG_HEADERS png.h)
if(ZINT_LIBRARY AND ZINT_HEADERS AND PNG_LIBRARY AND PNG_HEADERS)
  add_library(dep_label INTERFACE IMPORTED GLOBAL)
  target_include_directories(dep_label SYSTEM INTERFACE "${ZINT_HEADERS}" "${PNG_HEADERS}")
  target_link_libraries(dep_label INTERFACE "${ZINT_LIBRARY}" "${PNG_LIBRARY}")
  set(CARECHAIN_SHARED_LIBRARIES_FOR_make-label dep_label)
else()
  message(NOTICE "make-label is left out: it needs the packages libzint-dev and libpng-dev. All else is built.")
endif()
