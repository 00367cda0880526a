# fish completion for attest-provider(1), rendered from its options
complete -c attest-provider -f
complete -c attest-provider -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c attest-provider -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c attest-provider -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c attest-provider -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c attest-provider -l path -r -f -d 'this element only'
complete -c attest-provider -l dispute -r -f -d 'what the element should be'
complete -c attest-provider -l evidence -r -f -a 'nppes primary-source phone site portal claims' -d 'on what it rests'
complete -c attest-provider -l offline -d 'sign and print only'
complete -c attest-provider -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c attest-provider -s q -l quiet -d 'say nothing on stderr but errors'
complete -c attest-provider -s h -l help -d 'show this help'
complete -c attest-provider -l version -d 'show the version'
