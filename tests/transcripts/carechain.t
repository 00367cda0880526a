# All programs by area; or one of them.
$ carechain --format text
$ carechain | head -2
$ carechain --version
$ carechain keygen alice --format text
$ carechain keygen alice
$ carechain keygne alice
$ carechain --hlep
$ carechain keygen --show zoe
$ carechain verify-chain -L nowhere
