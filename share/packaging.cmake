# cmake --install, find_package(carechain), pkg-config carechain, and cpack -G DEB.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# Programs. In a single binary the other names are hard links to it.
if(CARECHAIN_PROGRAMS)
  if(SINGLE_BINARY)
    install(TARGETS carechain COMPONENT programs)
    foreach(name IN LISTS CARECHAIN_PROGRAMS)
      if(name IN_LIST CARECHAIN_SHARED_PROGRAMS)
        install(TARGETS ${name} COMPONENT programs)
      elseif(NOT name STREQUAL "carechain")
        install(CODE "
          set(bin \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_BINDIR}\")
          file(CREATE_LINK \"\${bin}/${PROGRAM_PREFIX}carechain\" \"\${bin}/${PROGRAM_PREFIX}${name}\")
          message(STATUS \"Linked: \${bin}/${PROGRAM_PREFIX}${name}\")" COMPONENT programs)
      endif()
    endforeach()
  else()
    install(TARGETS ${CARECHAIN_PROGRAMS} COMPONENT programs)
  endif()
endif()

# Pages and completions of the programs there are, and the hand-written pages.
set(completions "${CARECHAIN_PAGES}/completions")
foreach(name IN LISTS CARECHAIN_PROGRAMS)
  set(called "${PROGRAM_PREFIX}${name}")
  install(FILES "${CARECHAIN_PAGES}/man/${called}.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT programs OPTIONAL)
  install(FILES "${completions}/bash/${called}" COMPONENT programs OPTIONAL
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
  install(FILES "${completions}/zsh/_${called}" COMPONENT programs OPTIONAL
    DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions")
  install(FILES "${completions}/fish/${called}.fish" COMPONENT programs OPTIONAL
    DESTINATION "${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d")
endforeach()
foreach(page carechain.7 carechain-drugs.7 carechain-ledger.5 carechain-transaction.5)
  string(REGEX MATCH "[0-9]$" section "${page}")
  if(EXISTS "${PROJECT_SOURCE_DIR}/man/${page}")
    install(FILES "${PROJECT_SOURCE_DIR}/man/${page}" DESTINATION "${CMAKE_INSTALL_MANDIR}/man${section}"
      COMPONENT programs)
  endif()
endforeach()
install(DIRECTORY "${PROJECT_SOURCE_DIR}/share/" DESTINATION "${CMAKE_INSTALL_DATADIR}/carechain" COMPONENT programs
  USE_SOURCE_PERMISSIONS PATTERN "packaging.cmake" EXCLUDE PATTERN "quickstart" EXCLUDE)
install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}" RENAME copyright COMPONENT programs)

# The library.
install(TARGETS carechain_core ARCHIVE COMPONENT library)
install(DIRECTORY "${PROJECT_SOURCE_DIR}/libcore" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/carechain"
  COMPONENT library FILES_MATCHING PATTERN "*.hpp")

file(WRITE "${PROJECT_BINARY_DIR}/carechainConfig.cmake.in" [=[
# find_package(carechain) gives carechain::core: the archive, its headers and what they need.
@PACKAGE_INIT@
add_library(carechain::core STATIC IMPORTED)
set_target_properties(carechain::core PROPERTIES
  IMPORTED_LOCATION "@PACKAGE_CMAKE_INSTALL_LIBDIR@/libcarechain.a"
  INTERFACE_INCLUDE_DIRECTORIES "@PACKAGE_CMAKE_INSTALL_INCLUDEDIR@/carechain"
  INTERFACE_COMPILE_FEATURES cxx_std_20
  INTERFACE_LINK_LIBRARIES "leveldb;snappy;yaml-cpp;pugixml;cryptopp;fmt::fmt-header-only;Threads::Threads")
# Last, since these set PACKAGE_PREFIX_DIR anew.
include(CMakeFindDependencyMacro)
find_dependency(Threads)
find_dependency(fmt)
]=])
configure_package_config_file("${PROJECT_BINARY_DIR}/carechainConfig.cmake.in"
  "${PROJECT_BINARY_DIR}/carechainConfig.cmake"
  INSTALL_DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/carechain"
  PATH_VARS CMAKE_INSTALL_LIBDIR CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/carechainConfigVersion.cmake" COMPATIBILITY SameMinorVersion)
install(FILES "${PROJECT_BINARY_DIR}/carechainConfig.cmake" "${PROJECT_BINARY_DIR}/carechainConfigVersion.cmake"
  DESTINATION "${CMAKE_INSTALL_LIBDIR}/cmake/carechain" COMPONENT library)

# Paths start at the file itself, so that an installation can be moved.
file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
file(CONFIGURE OUTPUT "${PROJECT_BINARY_DIR}/carechain.pc" @ONLY CONTENT [=[
prefix=${pcfiledir}/@up@
Name: carechain
Description: @PROJECT_DESCRIPTION@
Version: @PROJECT_VERSION@
Cflags: -I${prefix}/@CMAKE_INSTALL_INCLUDEDIR@/carechain -DFMT_HEADER_ONLY -pthread
Libs: -L${prefix}/@CMAKE_INSTALL_LIBDIR@ -lcarechain -lleveldb -lsnappy -lyaml-cpp -lpugixml -lcryptopp -pthread
]=])
install(FILES "${PROJECT_BINARY_DIR}/carechain.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig" COMPONENT library)

# One Debian package of all of it. Static programs need no library of another package; building against
# libcarechain.a does, hence Suggests. make-label alone needs libzint (which brings libpng): Recommends, so that apt
# installs it, and dpkg still installs the other programs where it isn't to be had.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME carechain)
set(CPACK_PACKAGE_VENDOR "carechain developers")
set(CPACK_PACKAGE_CONTACT "carechain developers <carechain@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_DEB_COMPONENT_INSTALL OFF)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION utils)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SUGGESTS
  "libleveldb-dev, libsnappy-dev, libyaml-cpp-dev, libpugixml-dev, libcrypto++-dev, libfmt-dev, bash-completion")
if(CARECHAIN_SHARED_PROGRAMS)
  set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libzint2.11")
endif()
if(CARECHAIN_STATIC)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS OFF)
else()
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
endif()
if(SINGLE_BINARY)
  # cpack would store each hard link as a copy of the whole program: in the package they are symbolic.
  list(TRANSFORM CARECHAIN_SHARED_PROGRAMS PREPEND "${PROGRAM_PREFIX}" OUTPUT_VARIABLE own_files)
  file(WRITE "${PROJECT_BINARY_DIR}/SymbolicNames.cmake" "
cmake_policy(SET CMP0057 NEW)
set(own_files ${own_files})
file(GLOB_RECURSE programs \"\${CPACK_TEMPORARY_INSTALL_DIRECTORY}/usr/${CMAKE_INSTALL_BINDIR}/*\")
foreach(program IN LISTS programs)
  cmake_path(GET program FILENAME name)
  if(NOT name IN_LIST own_files AND NOT name STREQUAL \"${PROGRAM_PREFIX}carechain\")
    file(CREATE_LINK \"${PROGRAM_PREFIX}carechain\" \"\${program}\" SYMBOLIC)
  endif()
endforeach()
")
  set(CPACK_PRE_BUILD_SCRIPTS "${PROJECT_BINARY_DIR}/SymbolicNames.cmake")
endif()
include(CPack)
