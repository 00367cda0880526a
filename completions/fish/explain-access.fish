# fish completion for explain-access(1), rendered from its options
complete -c explain-access -f
complete -c explain-access -s L -l ledger -r -f -a '(__fish_complete_directories)' -d 'the ledger\'s directory'
complete -c explain-access -l as -r -f -a '(set -q CARECHAIN_KEYS; or set -l CARECHAIN_KEYS ~/.config/carechain/keys; for file in $CARECHAIN_KEYS/*.pem; string replace -r ".*/(.*)\\.pem\\$" "\\$1" $file; end)' -d 'who would ask'
complete -c explain-access -l record -r -f -d 'for which record'
complete -c explain-access -l purpose -r -f -a 'TREAT CLINTRL COC CAREMGT ETREAT BTG ERTREAT POPHLTH HMARKT HOPERAT DONAT FRAUD GOV HACCRED HCOMPL HDECD HDIRECT HDM HLEGAL HOUTCOMS HPRGRP HQUALIMP HSYSADMIN LABELING METAMGT MEMADMIN MILCDM PATADMIN PATSFTY PERFMSR RECORDMGT SYSDEV TRAIN HPAYMT CLMATTCH COVAUTH COVERAGE ELIGDTRM ELIGVER ENROLLM REMITADV HRESCH BIORCH CLINTRCH CLINTRCHNPC CLINTRCHPC DISEASERCH TRANSRCH PATRQT FAMRQT PUBHLTH DISASTER' -d 'purpose of use; default: the ledger\'s, usually TREAT'
complete -c explain-access -l at -r -f -d 'as of this time or height; default: now'
complete -c explain-access -l format -r -f -a 'text json' -d 'how stdout is written; otherwise text on a terminal, else JSON lines'
complete -c explain-access -s q -l quiet -d 'say nothing on stderr but errors'
complete -c explain-access -s h -l help -d 'show this help'
complete -c explain-access -l version -d 'show the version'
