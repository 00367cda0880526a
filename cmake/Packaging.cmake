# install and package
