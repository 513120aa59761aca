Describe 'Axiom' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = Start-LogScaleSimulator -System Axiom -EventCount 4000 -EventSpanHours 2
        $connection = $server | Connect-Axiom -MaxRetryCount 0
        Push-Location $TestDrive
    }
    AfterEach {
        $server.ClearFaults()
        $null = $server | Connect-Axiom -MaxRetryCount 0
    }
    AfterAll { Pop-Location; Stop-LogScaleSimulator }

    Context 'Invoke-AxiomQuery' {
        It 'emits every event once, newest first, and proves it: <Paging>' -ForEach @(
            @{ Paging = 'Auto' }, @{ Paging = 'Time' }, @{ Paging = 'Cursor' }, @{ Paging = 'Window' }
        ) {
            $events = @(Invoke-AxiomQuery -Dataset demo -Start 3h -Paging $Paging -PageSize 300 -SummaryVariable summary)
            $events.Count | Should -Be 4000
            $times = $events._time
            $times | Should -Be ($times | Sort-Object -Descending)
            $summary.State | Should -Be Complete
            $summary.System | Should -Be Axiom
            $summary.Expected | Should -Be 4000
            $summary.Repository | Should -Be demo
            $summary.RangeEnd - $summary.RangeStart | Should -Be ([TimeSpan]::FromHours(3))
        }

        It 'emits the oldest event first where this is asked for' {
            $times = (Invoke-AxiomQuery -Dataset demo -Start 3h -SortOrder Ascending -PageSize 700)._time
            $times.Count | Should -Be 4000
            $times | Should -Be ($times | Sort-Object)
        }

        It 'continues a query from the dataset, and takes a query alone' {
            $expected = @(Invoke-AxiomQuery -Dataset demo -Start 3h | Where-Object status -GE 500).Count
            $expected | Should -BeGreaterThan 1000
            @(Invoke-AxiomQuery -Dataset demo 'where status >= 500' -Start 3h).Count | Should -Be $expected
            @(Invoke-AxiomQuery -Apl "['demo'] | where status >= 500" -Start 3h).Count | Should -Be $expected
            @("['demo'] | where status >= 500" | Invoke-AxiomQuery -Start 3h).Count | Should -Be $expected
            @([pscustomobject]@{ Dataset = 'demo'; Start = '3h' } | Invoke-AxiomQuery).Count | Should -Be 4000
        }

        It 'gives values the types of JSON, and integers all their digits' {
            $record = Invoke-AxiomQuery -Dataset demo 'where status == 600' -Start 3h -First 1
            $record.pstypenames[0..1] | Should -Be 'LogScalePaging.AxiomEvent', 'LogScalePaging.Record'
            $record._time | Should -BeOfType string
            $record.status | Should -BeOfType long
            $record.big | Should -BeOfType long
            # 2^53 + 1 and the number of the event, which a double cannot hold.
            $record.big | Should -Be ([long]9007199254740993 + [long]($record.message -split ' ')[-1])
            $record.tags | Should -HaveCount 2
            $record.geo.city | Should -BeLike 'c*'
            @(Invoke-AxiomQuery -Dataset demo -Start 3h -First 50).ok | Should -Contain $true
        }

        It 'gives rows of an aggregate their own type' {
            $rows = @(Invoke-AxiomQuery "['demo'] | summarize count() by level" -Start 3h -SummaryVariable summary)
            $rows.Count | Should -Be 4
            ($rows.count_ | Measure-Object -Sum).Sum | Should -Be 4000
            $rows[0].pstypenames[0] | Should -Be LogScalePaging.Row
        }

        It 'emits no more than -First' {
            @(Invoke-AxiomQuery -Dataset demo -Start 3h -First 17 -SummaryVariable summary).Count | Should -Be 17
            $summary.State | Should -Be Complete
        }

        It 'keeps the fields of -Property' {
            $record = Invoke-AxiomQuery -Dataset demo -Start 3h -First 1 -Property status, absent
            $record.psobject.Properties.Name | Should -Be status, absent
            $record.pstypenames[0] | Should -Be Selected.LogScalePaging.AxiomEvent
        }

        It 'stops reading when the pipeline wants no more' {
            $before = $server.RequestCount
            @(Invoke-AxiomQuery -Dataset demo -Start 3h -Paging Time -PageSize 50 -SummaryVariable summary | Select-Object -First 1).Count | Should -Be 1
            $summary.State | Should -Be Incomplete
            # A walk to the end has more than 80 requests.
            $server.RequestCount - $before | Should -BeLessThan 10
            $after = $server.RequestCount
            @(Invoke-AxiomQuery -Dataset demo -Start 3h -First 1).Count | Should -Be 1
            $server.RequestCount - $after | Should -BeLessThan 5
        }

        It 'emits pages with their position with -AsPage' {
            $pages = @(Invoke-AxiomQuery -Dataset demo -Start 3h -Paging Time -PageSize 1000 -AsPage)
            $pages[0] | Should -BeOfType LogScalePaging.RecordPage
            ($pages | Measure-Object Count -Sum).Sum | Should -Be 4000
            $pages.Number | Should -Be (1..$pages.Length)
            $pages[-1].Total | Should -Be 4000
            $pages[-1].End | Should -Be LastPage
            $pages[-1].Position | Should -BeNullOrEmpty
            ($pages[0].Position | ConvertFrom-Json).from | Should -Match '^\d+$'
            $pages[0].Records[0].pstypenames[0] | Should -Be LogScalePaging.AxiomEvent
            $pages[0].TraceId | Should -Not -BeNullOrEmpty
        }

        It 'ends with an error where the result must be Complete and is not' {
            { Invoke-AxiomQuery -Dataset demo -Start 3h -RequireComplete -NoVerify } | Should -Throw -ErrorId 'InvalidArgument,*'
            $server.AddFault('500', 'Query', 4, 1000)
            { Invoke-AxiomQuery -Dataset demo -Start 3h -Paging Time -PageSize 500 -RequireComplete -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'QueryJobIncomplete,*'
        }

        It 'keeps what was read when the server fails, and names the cmdlet that can resume' {
            $server.AddFault('500', 'Query', 4, 1000)
            # Input from the pipeline makes the error non-terminating.
            $given = [pscustomobject]@{ Dataset = 'demo'; Start = '3h' }
            $events = @($given | Invoke-AxiomQuery -Paging Time -PageSize 500 -SummaryVariable summary -ErrorVariable failed -ErrorAction SilentlyContinue)
            $events.Count | Should -BeGreaterThan 400
            $summary.State | Should -Be Incomplete
            $summary.Checkpoint | Should -Match '"from"'
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'QueryJobIncomplete,*'
            $failed[0].ErrorDetails.RecommendedAction | Should -Match 'Invoke-AxiomExport'
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'a paging that the query cannot have'; Words = '*cannot be read with the paging Window*'; Run = { Invoke-AxiomQuery "['demo'] | summarize count()" -Paging Window } }
            @{ Name = 'an end before the start'; Words = '*is not before the end*'; Run = { Invoke-AxiomQuery -Dataset demo -Start 1h -End 2h } }
            @{ Name = 'a time that is none'; Words = '*is not a*time*'; Run = { Invoke-AxiomQuery -Dataset demo -Start yesterday } }
            @{ Name = 'a page that is too large'; Words = '*65000*'; Run = { Invoke-AxiomQuery -Dataset demo -PageSize 65001 } }
            @{ Name = 'a query that draws a chart'; Words = '*render*'; Run = { Invoke-AxiomQuery "['demo'] | render table" } }
        ) {
            $before = $server.RequestCount
            $Run | Should -Throw $Words
            $server.RequestCount | Should -Be $before
        }

        It 'refuses events from the pipeline' {
            $record = Invoke-AxiomQuery -Dataset demo -Start 3h -First 1
            $record | Invoke-AxiomQuery -ErrorVariable refused -ErrorAction SilentlyContinue
            $refused[0].FullyQualifiedErrorId | Should -BeLike 'InputObjectNotBound,*'
        }

        It 'says what to correct after <Status>' -ForEach @(
            @{ Status = '400'; Id = 'BadRequest'; Advice = 'Invoke-AxiomQuery' }
            @{ Status = '401'; Id = 'Unauthorized'; Advice = 'Connect-Axiom' }
            @{ Status = '403'; Id = 'Forbidden'; Advice = 'Connect-Axiom' }
        ) {
            $server.AddFault($Status, 'Query', 0, 1000)
            $caught = try { Invoke-AxiomQuery -Dataset demo -Start 1h -NoVerify } catch { $_ }
            $caught.FullyQualifiedErrorId | Should -BeLike "$Id,*"
            $caught.ErrorDetails.RecommendedAction | Should -Match $Advice
            $caught.ErrorDetails.RecommendedAction | Should -Not -Match 'LogScale|QueryJob'
        }

        It 'completes the datasets of the session without a request' {
            $before = $server.RequestCount
            $line = 'Invoke-AxiomQuery -Dataset de'
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain demo
            $server.RequestCount | Should -Be $before
        }
    }

    Context 'Invoke-AxiomExport' {
        It 'exports what the query emits, and its file can be tested' {
            $result = Invoke-AxiomExport -Dataset demo -Path all.ndjson -Start 3h
            $result.State | Should -Be Complete
            $result.System | Should -Be Axiom
            $result.Events | Should -Be 4000
            $result.RangeEnd - $result.RangeStart | Should -Be ([TimeSpan]::FromHours(3))
            $lines = Get-Content all.ndjson
            $lines.Count | Should -Be 4000
            ($lines[0] | ConvertFrom-Json)._time | Should -Not -BeNullOrEmpty
            (Test-PagedExport all.ndjson -Recount).IsValid | Should -BeTrue
            Add-Content all.ndjson '{}'
            Test-PagedExport all.ndjson -Quiet | Should -BeFalse
        }

        It 'resumes an export that broke off, to the same bytes' {
            $range = @{ Start = $server.StartedAt.AddHours(-3); End = $server.StartedAt.AddHours(1) }
            $null = Invoke-AxiomExport -Dataset demo -Path whole.ndjson @range -Paging Time -PageSize 500
            $server.AddFault('500', 'Query', 5, 1000)
            $broken = Invoke-AxiomExport -Dataset demo -Path part.ndjson @range -Paging Time -PageSize 500 -ErrorVariable failed -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $broken.State | Should -Be Incomplete
            $broken.PartialPath | Should -Exist
            $failed[0].FullyQualifiedErrorId | Should -BeLike 'QueryJobExportIncomplete,*'
            $failed[0].ErrorDetails.RecommendedAction | Should -Match 'Resume-PagedExport'
            $server.ClearFaults()
            (Resume-PagedExport part.ndjson).State | Should -Be Complete
            (Get-FileHash part.ndjson).Hash | Should -Be (Get-FileHash whole.ndjson).Hash
        }

        It 'begins with -Resume where there is nothing to resume, and ends at once where the file is whole' {
            $given = @{ Dataset = 'demo'; Path = 'again.ndjson'; Start = $server.StartedAt.AddHours(-3); End = $server.StartedAt; Resume = $true }
            (Invoke-AxiomExport @given).State | Should -Be Complete
            $before = $server.RequestCount
            (Invoke-AxiomExport @given).State | Should -Be Complete
            $server.RequestCount | Should -Be $before
            { Invoke-AxiomExport @given -Property status } | Should -Throw -ErrorId 'OutputExists,*'
        }

        It 'writes nothing with -WhatIf, and does not promise what would be refused' {
            Invoke-AxiomExport -Dataset demo -Path whatif.ndjson -Start 1h -WhatIf
            'whatif.ndjson*' | Should -Not -Exist
            Set-Content there.ndjson x
            { Invoke-AxiomExport -Dataset demo -Path there.ndjson -WhatIf } | Should -Throw -ErrorId 'OutputExists,*'
        }

        It 'emits files with -PassThru, in parts of -MaxFileEvents' {
            $files = @(Invoke-AxiomExport -Dataset demo -Path split.csv -Start 3h -MaxFileEvents 1500 -Property _time, status -PassThru)
            $files.Count | Should -Be 3
            ($files | ForEach-Object { @(Import-Csv $_).Count } | Measure-Object -Sum).Sum | Should -Be 4000
            @(Import-Csv $files[0])[0].psobject.Properties.Name | Should -Be _time, status
        }

        It 'exports no more than -First' {
            (Invoke-AxiomExport -Dataset demo -Path first.ndjson -Start 3h -First 12).Events | Should -Be 12
        }
    }

    Context 'The connection' {
        It 'is the default of the session, and shows no secret' {
            $connection | Should -BeOfType LogScalePaging.AxiomConnection
            $connection.System | Should -Be Axiom
            "$($connection | Format-List * | Out-String)$($connection | ConvertTo-Json -Depth 3)" | Should -Not -Match 'simulator-token'
            [System.Management.Automation.PSSerializer]::Serialize($server) | Should -Not -Match 'simulator-token|SecureString'
            @($server.GetRequestLog() -match 'simulator-token').Count | Should -Be 0
        }

        It 'comes from the environment' {
            Disconnect-Axiom
            { Invoke-AxiomQuery -Dataset demo } | Should -Throw 'Not connected. Run Connect-Axiom*' -ErrorId 'NotConnected,*'
            try {
                $env:AXIOM_URL = $server.BaseUrl
                $env:AXIOM_TOKEN = 'simulator-token'
                @(Invoke-AxiomQuery -Dataset demo -Start 3h -First 3).Count | Should -Be 3
                (Connect-Axiom).BaseUrl | Should -Be $server.BaseUrl
                $env:AXIOM_TOKEN = 'xapt-personal'
                { Connect-Axiom } | Should -Throw '*Use -OrganizationId, or set AXIOM_ORG_ID*' -ErrorId 'InvalidArgument,*'
                $env:AXIOM_ORG_ID = 'my-org'
                (Connect-Axiom).OrganizationId | Should -Be my-org
                (Connect-Axiom -OrganizationId other).OrganizationId | Should -Be other
            }
            finally { $env:AXIOM_URL = $env:AXIOM_TOKEN = $env:AXIOM_ORG_ID = $null }
        }

        It 'takes a token as a SecureString or a credential, and never as text' {
            $token = ConvertTo-SecureString 'simulator-token' -AsPlainText -Force
            $credential = [pscredential]::new('me', $token)
            foreach ($given in $token, $credential) {
                $made = Connect-Axiom -BaseUrl $server.BaseUrl -Token $given
                @(Invoke-AxiomQuery -Dataset demo -Start 3h -First 2 -Connection $made).Count | Should -Be 2
            }
            $caught = try { Connect-Axiom -Token 'my-secret-text' } catch { $_ }
            "$caught" | Should -Match 'AXIOM_TOKEN'
            "$caught" | Should -Not -Match 'my-secret-text'
        }

        It 'says that the token is wrong, and does not show it' {
            $wrong = Connect-Axiom -BaseUrl $server.BaseUrl -Token (ConvertTo-SecureString 'a-wrong-token' -AsPlainText -Force)
            $caught = try { Invoke-AxiomQuery -Dataset demo -Connection $wrong -Verbose 4>&1 } catch { $_ }
            $caught.FullyQualifiedErrorId | Should -BeLike 'Forbidden,*'
            "$caught" | Should -Match 'token'
            "$($caught | Format-List * -Force | Out-String)" | Should -Not -Match 'a-wrong-token'
        }

        It 'is refused where another system is needed, and another one here' {
            { Invoke-QueryJob '*' -Connection $connection } | Should -Throw '*is to Axiom*' -ErrorId 'WrongSystem,*'
            $other = Start-LogScaleSimulator -EventCount 0 | Connect-LogScale
            { Invoke-AxiomQuery -Dataset demo -Connection $other } | Should -Throw '*is to LogScale. Invoke-AxiomQuery requires a connection to Axiom. Use Connect-Axiom.' -ErrorId 'WrongSystem,*'
            { Invoke-AxiomExport -Dataset demo -Path w.json -Connection $other } | Should -Throw -ErrorId 'WrongSystem,*'
            { $other | Disconnect-Axiom } | Should -Throw -ErrorId 'WrongSystem,*'
            @(Invoke-AxiomQuery -Dataset demo -Start 3h -First 2).Count | Should -Be 2
        }

        It 'cannot be used after Disconnect-Axiom, which -WhatIf does not do' {
            $mine = $server | Connect-Axiom
            $mine | Disconnect-Axiom -WhatIf
            $mine.IsOpen | Should -BeTrue
            $mine | Disconnect-Axiom
            $mine.IsOpen | Should -BeFalse
            { Invoke-AxiomQuery -Dataset demo -Connection $mine } | Should -Throw '*was disconnected*' -ErrorId 'NotConnected,*'
        }
    }

    Context 'The simulator' {
        It 'refuses the cmdlet of another system' {
            { $server | Connect-LogScale } | Should -Throw '*connect to this one with Connect-Axiom.'
            { $server | Connect-Falcon } | Should -Throw '*connect to this one with Connect-Axiom.'
            { Start-LogScaleSimulator -EventCount 0 | Connect-Axiom } | Should -Throw '*Start-LogScaleSimulator -System Axiom*Connect-LogScale.'
        }

        It 'refuses a setting that it does not have' {
            { Start-LogScaleSimulator -System Axiom -BufferSize 100 } | Should -Throw '-BufferSize is not a setting of -System Axiom.' -ErrorId 'InvalidArgument,*'
        }

        It 'has a dataset with the name, and the token that is given' {
            $token = ConvertTo-SecureString 'another-token' -AsPlainText -Force
            $mine = Start-LogScaleSimulator Axiom -Dataset logs -EventCount 100 -Token $token -CrowdCount 60
            try {
                $made = $mine | Connect-Axiom
                $events = @(Invoke-AxiomQuery -Dataset logs -Start 48h -Connection $made)
                $events.Count | Should -Be 100
                @($events._time | Group-Object | Where-Object Count -GE 60).Count | Should -Be 1
                "$mine" | Should -Be "$($mine.BaseUrl) (logs)"
            }
            finally { $mine | Stop-LogScaleSimulator }
        }
    }

    Context 'The views' {
        It 'show events on one line each, also when they are deserialised' {
            $events = Invoke-AxiomQuery -Dataset demo -Start 3h -First 3
            $shown = $events | Out-String -Width 160
            $shown | Should -Match 'TimeCreated \(UTC\)\s+Fields Content'
            $shown | Should -Match 'level='
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($events, 3))
            $copy | Out-String -Width 160 | Should -Be $shown
        }

        It 'show connections, simulators and pages as tables' {
            ($server | Out-String -Width 160) | Should -Match "$($server.BaseUrl)\s+demo\s+True"
            ($connection | Out-String -Width 160) | Should -Match 'Axiom\s+http'
            (Invoke-AxiomQuery -Dataset demo -Start 3h -Paging Time -AsPage | Out-String -Width 160) | Should -Match 'Page\s+Events\s+Total'
        }
    }
}
