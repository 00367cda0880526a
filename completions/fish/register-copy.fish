# fish completion for register-copy(1), rendered from its options
complete -c register-copy -f
complete -c register-copy -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c register-copy -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c register-copy -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c register-copy -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c register-copy -l held-by -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'who holds the copy'
complete -c register-copy -l epoch -r -f -d 'epoch that was copied; default: the vault\'s current one'
complete -c register-copy -l destroyed -r -f -d 'the copy that this key\'s owner has destroyed'
complete -c register-copy -l offline -d 'sign and print only'
complete -c register-copy -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c register-copy -s q -l quiet -d 'say nothing on stderr but errors'
complete -c register-copy -s h -l help -d 'show this help'
complete -c register-copy -l version -d 'show the version'
