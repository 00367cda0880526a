# fish completion for instruct-payment(1), rendered from its options
complete -c instruct-payment -f
complete -c instruct-payment -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c instruct-payment -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c instruct-payment -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c instruct-payment -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c instruct-payment -l offline -d 'sign and print only'
complete -c instruct-payment -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c instruct-payment -s q -l quiet -d 'say nothing on stderr but errors'
complete -c instruct-payment -s h -l help -d 'show this help'
complete -c instruct-payment -l version -d 'show the version'
