Describe 'Child tenants of Falcon' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = Start-LogScaleSimulator -System Falcon -EventCount 30 -ChildCount 6
        $connection = $server | Connect-Falcon -MaxRetryCount 0
        $children = @(Get-FalconChildCid)
        $cids = $children.Cid
        $unknown = 'f' * 32
        $all = @{ Query = '*'; Start = '48h' }
        Push-Location $TestDrive
    }
    AfterEach {
        $server.ClearFaults()
        $connection = $server | Connect-Falcon -MaxRetryCount 0
    }
    AfterAll { Pop-Location; Stop-LogScaleSimulator }

    Context 'Get-FalconChildCid' {
        It 'lists every child with its name' {
            $children.Count | Should -Be 6
            $children[0] | Should -BeOfType LogScalePaging.FalconChildCid
            $children.Name | Should -Be (1..6 | ForEach-Object { "Child 00$_" })
            $cids | Should -Be $server.MemberCids
            $children[0].Status | Should -Be active
            "$($children[0])" | Should -Be $cids[0]
        }

        It 'filters by name and state' {
            @(Get-FalconChildCid 'child 00[24]').Cid | Should -Be $cids[1, 3]
            @(Get-FalconChildCid -Status inactive).Count | Should -Be 0
        }

        It 'lists none of an account without children' {
            $alone = Start-LogScaleSimulator -System Falcon -EventCount 5
            try { @(Get-FalconChildCid -Connection ($alone | Connect-Falcon)).Count | Should -Be 0 }
            finally { $alone | Stop-LogScaleSimulator; $server | Connect-Falcon }
        }

        It 'needs a connection to Falcon' {
            $logscale = Start-LogScaleSimulator -EventCount 0 | Connect-LogScale
            { Get-FalconChildCid -Connection $logscale } | Should -Throw -ErrorId 'WrongSystem,*'
        }
    }

    Context 'Exports' {
        It 'write one file and one verdict for each tenant, and one verdict over all' {
            $results = @($children | Invoke-QueryJobExport @all -Path '{cid}-a.ndjson' -SummaryVariable summary)
            $results.Count | Should -Be 6
            $results.State | Select-Object -Unique | Should -Be Complete
            $results.Tenant | Sort-Object | Should -Be $cids
            foreach ($result in $results) {
                Split-Path -Leaf $result.Path | Should -Be "$($result.Tenant)-a.ndjson"
                $rows = @(Get-Content $result.Path | ConvertFrom-Json -AsHashtable)
                $rows.Count | Should -Be $result.Events
                @($rows.cid | Select-Object -Unique) | Should -Be $result.Tenant
                (Get-Content "$($result.Path).manifest.json" | ConvertFrom-Json).tenant | Should -Be $result.Tenant
                (Test-PagedExport $result.Path).IsValid | Should -BeTrue
            }
            $summary | Should -BeOfType LogScalePaging.TenantSummary
            $summary.State, $summary.Tenants, $summary.Complete, $summary.Failed | Should -Be Complete, 6, 6, 0
            $summary.Events | Should -Be ($results | Measure-Object Events -Sum).Sum
            $summary.Results.Cid | Sort-Object | Should -Be $cids
        }

        It 'name a failed tenant, and go on with the others' {
            $results = @(Invoke-FalconExport /devices/combined/devices/v1 'h-{cid}.ndjson' -MemberCid $cids[0], $unknown, '', $cids[2] -sv summary -ErrorVariable failed -ErrorAction SilentlyContinue -WarningVariable warned -WarningAction SilentlyContinue)
            $results.Tenant | Sort-Object | Should -Be $cids[0, 2]
            @($failed).Count | Should -Be 2
            "$($failed[0])" | Should -BeLike 'Tenant (empty): The member CID is empty.*'
            $failed[1].FullyQualifiedErrorId | Should -BeLike 'FalconMemberCidRefused,*'
            "$($failed[1])" | Should -BeLike "Tenant ${unknown}: *"
            $failed[1].TargetObject | Should -Be $unknown
            $summary.State, $summary.Failed | Should -Be Incomplete, 2
            "$warned" | Should -Be "2 of 4 tenants are complete; 2 failed: (empty), $unknown."
        }

        It 'end with an error when every tenant must be complete, after all were exported' {
            { Invoke-QueryJobExport @all -Path 'c-{cid}.ndjson' -MemberCid $unknown, $cids[0] -RequireComplete -ErrorAction SilentlyContinue -WarningAction SilentlyContinue } |
                Should -Throw -ErrorId 'NotComplete,*'
            "c-$($cids[0]).ndjson" | Should -Exist
        }

        It 'are refused before anything is fetched if two tenants have one path' {
            $before = $server.RequestCount
            { Invoke-QueryJobExport @all -Path one.ndjson -MemberCid $cids } | Should -Throw 'Several tenants cannot share the file*Put {cid} into -Path*' -ErrorId 'BadPath,*'
            { $children | Invoke-QueryJobExport @all -Path one.ndjson } | Should -Throw -ErrorId 'BadPath,*'
            { Invoke-QueryJobExport @all -Path '{cid}-{when}.ndjson' -MemberCid $cids } | Should -Throw '*unknown placeholder*' -ErrorId 'BadPath,*'
            { Invoke-QueryJobExport @all -Path '{cid}.ndjson' } | Should -Throw '*placeholder {cid}, but there is no value for it here*' -ErrorId 'BadPath,*'
            $server.RequestCount | Should -Be $before
            'one.ndjson', '{cid}.ndjson' | Should -Not -Exist
        }

        It 'take each tenant once, however it is written' {
            @(Invoke-QueryJobExport @all -Path 'o-{cid}.json' -MemberCid $cids[0], "$($cids[0].ToUpperInvariant())-A1", "$($cids[0]),$($cids[1])").Count | Should -Be 2
        }

        It 'never use the account in place of a tenant' {
            $mixed = [pscustomobject]@{ Cid = $cids[0]; Path = 'm1.json' }, [pscustomobject]@{ Path = 'm2.json' }, [pscustomobject]@{ Cid = $null; Path = 'm3.json' }
            $results = @($mixed | Invoke-QueryJobExport @all -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
            $results.Tenant | Should -Be $cids[0]
            @($failed).Count | Should -Be 2
            'm2.json', 'm3.json' | Should -Not -Exist
        }

        It 'show with -WhatIf what they would do' {
            @(Invoke-QueryJobExport @all -Path 'w-{cid}.json' -MemberCid $cids -WhatIf).Count | Should -Be 0
            'w-*' | Should -Not -Exist
            $server.LiveJobCount | Should -Be 0
        }

        It 'stop with the pipeline and leave nothing on the server' {
            @($children | Invoke-QueryJobExport @all -Path 's-{cid}.ndjson' | Select-Object -First 1).Count | Should -Be 1
            $server.LiveJobCount | Should -Be 0
        }

        It 'emit their files with -PassThru' {
            $files = @(Invoke-QueryJobExport @all -Path 'p-{cid}.ndjson' -MemberCid $cids[0, 1] -PassThru)
            $files.Name | Sort-Object | Should -Be ($cids[0, 1] | ForEach-Object { "p-$_.ndjson" })
            $files[0].Export.State | Should -Be Complete
        }

        It 'keep the result of one export too' {
            $null = Invoke-FalconExport /devices/combined/devices/v1 own.ndjson -SummaryVariable own
            $own.State, $own.Tenant | Should -Be Complete, $null
        }
    }

    Context 'Searches' {
        It 'emit the records of one tenant after the other' {
            $rows = @(Invoke-QueryJob @all -MemberCid $cids[1, 0] -SummaryVariable summary)
            $rows.Count | Should -Be 601
            @($rows.cid | Select-Object -Unique) | Should -Be $cids[1, 0]
            $summary.Results.Cid | Should -Be $cids[1, 0]
            $summary.Results.State | Select-Object -Unique | Should -Be Complete
        }

        It 'take tenants from the pipeline' {
            $rows = @($children | Invoke-FalconQuery -Endpoint /devices/combined/devices/v1)
            @($rows | Group-Object cid).Name | Should -Be $cids
        }

        It 'go on after a tenant that breaks off, and name it' {
            $server.AddFault('Status', 'Create', 0, 1)
            $rows = @(Invoke-QueryJob @all -MemberCid $cids[0, 1] -SummaryVariable summary -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue)
            @($rows.cid | Select-Object -Unique) | Should -Be $cids[1]
            "$failed" | Should -BeLike "Tenant $($cids[0]): *"
            $summary.State, $summary.Failed | Should -Be Incomplete, 1
        }

        It 'refuse tenants that would become the query' {
            $children | Invoke-QueryJob -ErrorVariable refused -ErrorAction SilentlyContinue
            "$($refused[0])" | Should -BeLike '*takes tenants from the pipeline only together with -Query.'
        }

        It 'refuse events, whose fields must not choose a tenant' {
            $seen = Invoke-QueryJob @all -MemberCid $cids[0] -First 1
            $seen.cid | Should -Be $cids[0]
            $seen | Invoke-QueryJobExport @all -Path 'e-{cid}.json' -ErrorVariable refused -ErrorAction SilentlyContinue
            "$($refused[0])" | Should -BeLike '*does not take events from the pipeline*'
        }

        It 'need a connection to Falcon' {
            $logscale = Start-LogScaleSimulator -EventCount 0 | Connect-LogScale
            { Invoke-QueryJob '*' -MemberCid $cids[0] -Connection $logscale -ErrorAction Stop } | Should -Throw '*requires a connection to Falcon*'
            # The default is the connection that has tenants, although another one came later.
            @(Invoke-QueryJob @all -MemberCid $cids[0]).Count | Should -Be 300
        }

        It 'follow one tenant after the other' {
            $live = @{ Query = '*'; Start = '48h'; Live = $true; PollIntervalSec = 1 }
            $rows = @(Invoke-QueryJob @live -MemberCid $cids[1, 0] -TimeoutSec 1 -SourceProperty Tenant -SummaryVariable summary)
            @($rows.SourceTenant | Select-Object -Unique) | Should -Be $cids[1, 0]
            @($rows.cid | Select-Object -Unique) | Should -Be $cids[1, 0]
            $summary.Results.Cid | Should -Be $cids[1, 0]
            @(Invoke-QueryJob @live -MemberCid $cids -First 2).cid | Should -Be ($cids | ForEach-Object { $_, $_ })
            { Invoke-QueryJob @live -MemberCid $cids -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*' -ExpectedMessage '*one tenant after the other*'
            { Invoke-QueryJob @live -MemberCid ($cids -join ',') -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument,*'
            $server.LiveJobCount | Should -Be 0
        }

        It 'stop with the pipeline' {
            @(Invoke-QueryJob @all -MemberCid $cids | Select-Object -First 1).Count | Should -Be 1
            $server.LiveJobCount | Should -Be 0
        }
    }

    Context 'The simulator' {
        It 'has an API client in the form that PSFalcon accepts' {
            $server.ClientId | Should -MatchExactly '^[a-fA-F0-9]{32}$'
            [pscredential]::new('x', $server.ClientSecret).GetNetworkCredential().Password | Should -MatchExactly '^\w{40}$'
        }

        It 'needs a gateway for tenants' {
            { Start-LogScaleSimulator -ChildCount 2 } | Should -Throw '*requires -Gateway or -System Falcon*'
            { Start-LogScaleSimulator -System Axiom -ChildCount 2 } | Should -Throw '*is not a setting of -System Axiom*'
        }
    }
}
