# fish completion for deploy-contract(1), rendered from its options
complete -c deploy-contract -F
complete -c deploy-contract -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c deploy-contract -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c deploy-contract -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c deploy-contract -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c deploy-contract -l from -r -f -d 'first height at which it is in force; default: at once'
complete -c deploy-contract -l offline -d 'sign and print, without queueing'
complete -c deploy-contract -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c deploy-contract -s q -l quiet -d 'say nothing on stderr but errors'
complete -c deploy-contract -s h -l help -d 'show this help'
complete -c deploy-contract -l version -d 'show the version'
