# fish completion for rotate-key(1), rendered from its options
complete -c rotate-key -f
complete -c rotate-key -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c rotate-key -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c rotate-key -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c rotate-key -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c rotate-key -l reseal -d 'seal the keys in releases from stdin to the current key; changes no key'
complete -c rotate-key -l offline -d 'sign and print only'
complete -c rotate-key -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c rotate-key -s q -l quiet -d 'say nothing on stderr but errors'
complete -c rotate-key -s h -l help -d 'show this help'
complete -c rotate-key -l version -d 'show the version'
