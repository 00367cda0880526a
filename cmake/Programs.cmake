# programs are declared here
