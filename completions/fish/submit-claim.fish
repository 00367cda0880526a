# fish completion for submit-claim(1), rendered from its options
complete -c submit-claim -F
complete -c submit-claim -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c submit-claim -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c submit-claim -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c submit-claim -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c submit-claim -l payer -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'who is asked, where the claim or the map does not say'
complete -c submit-claim -l map -r -F -d 'what identifiers mean on this ledger (YAML)'
complete -c submit-claim -l accounts -d 'tell on stderr which claim has which number of the provider'
complete -c submit-claim -l offline -d 'sign and print, without queueing'
complete -c submit-claim -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c submit-claim -s q -l quiet -d 'say nothing on stderr but errors'
complete -c submit-claim -s h -l help -d 'show this help'
complete -c submit-claim -l version -d 'show the version'
