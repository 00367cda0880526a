# fish completion for revoke(1), rendered from its options
complete -c revoke -f
complete -c revoke -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c revoke -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c revoke -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c revoke -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c revoke -l batch -r -F -d 'JSON lines whose keys are the options\' names, one operation a line; - is stdin'
complete -c revoke -l from -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'end every grant to this account'
complete -c revoke -l offline -d 'sign and print only'
complete -c revoke -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c revoke -s q -l quiet -d 'say nothing on stderr but errors'
complete -c revoke -s h -l help -d 'show this help'
complete -c revoke -l version -d 'show the version'
