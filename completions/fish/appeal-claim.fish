# fish completion for appeal-claim(1), rendered from its options
complete -c appeal-claim -f
complete -c appeal-claim -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c appeal-claim -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c appeal-claim -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c appeal-claim -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c appeal-claim -l reason -r -f -d 'why: a short code'
complete -c appeal-claim -l document -r -F -d 'what is sent: its keyed digest is recorded'
complete -c appeal-claim -l answer -d 'answer what the payer asked for'
complete -c appeal-claim -l offline -d 'sign and print only'
complete -c appeal-claim -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c appeal-claim -s q -l quiet -d 'say nothing on stderr but errors'
complete -c appeal-claim -s h -l help -d 'show this help'
complete -c appeal-claim -l version -d 'show the version'
