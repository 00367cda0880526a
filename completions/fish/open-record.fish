# fish completion for open-record(1), rendered from its options
complete -c open-record -f
complete -c open-record -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c open-record -s k -l key -r -F -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'the key to sign or open with: a file, or a name among the key files'
complete -c open-record -l passphrase-file -r -F -d 'the key\'s passphrase is this file\'s first line'
complete -c open-record -l passphrase-fd -r -f -d 'the key\'s passphrase is the first line from this descriptor'
complete -c open-record -s o -l output -r -F -d 'write the one record to this file'
complete -c open-record -s O -l directory -r -f -a '(__fish_complete_directories)' -d 'write each record to a file of its own in this directory'
complete -c open-record -l ndjson -d 'write each record, which must be JSON, on a line of its own'
complete -c open-record -l threads -r -f -d 'threads to work with; default: one for each processor'
complete -c open-record -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c open-record -s q -l quiet -d 'say nothing on stderr but errors'
complete -c open-record -s h -l help -d 'show this help'
complete -c open-record -l version -d 'show the version'
