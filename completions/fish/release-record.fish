# fish completion for release-record(1), rendered from its options
complete -c release-record -f
complete -c release-record -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c release-record -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c release-record -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c release-record -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c release-record -l fetch -r -f -d 'shell command that gets data which lives elsewhere'
complete -c release-record -l challenge -d 'print a challenge for a request to answer; reads nothing'
complete -c release-record -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c release-record -s q -l quiet -d 'say nothing on stderr but errors'
complete -c release-record -s h -l help -d 'show this help'
complete -c release-record -l version -d 'show the version'
