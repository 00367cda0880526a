# fish completion for capture-events(1), rendered from its options
complete -c capture-events -F
complete -c capture-events -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c capture-events -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c capture-events -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c capture-events -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c capture-events -l keys -r -F -d 'keys of other parties: lines of GLN prefix and key'
complete -c capture-events -l summary -d 'print a line for each document instead of the transactions'
complete -c capture-events -l offline -d 'sign and print only'
complete -c capture-events -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c capture-events -s q -l quiet -d 'say nothing on stderr but errors'
complete -c capture-events -s h -l help -d 'show this help'
complete -c capture-events -l version -d 'show the version'
