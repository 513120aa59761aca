Describe 'Hunting' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
        $all = @(Invoke-QueryJob '*' -Start 2h)
        $logons = @(Invoke-QueryJob '#event_simpleName=UserLogon' -Start 2h).Count
    }
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item $folder -ItemType Directory
        Push-Location $folder
    }
    AfterEach {
        Pop-Location
        $server.ClearFaults()
        $server.LiveJobCount | Should -Be 0
    }
    AfterAll { Stop-LogScaleSimulator }

    Context 'Times in ISO 8601' {
        It 'are text in UTC in a search, in any shape' {
            $range = @{ Start = [DateTimeOffset]::FromUnixTimeMilliseconds($all[5].'@timestamp'); End = [DateTimeOffset]::UtcNow }
            $plain = @(Invoke-QueryJob '*' @range -First 3)
            $iso = @(Invoke-QueryJob '*' @range -First 3 -TimestampFormat Iso)
            $iso[0].'@timestamp' | Should -BeOfType string
            $iso.'@timestamp' | Should -Be ($plain | ForEach-Object { $_.TimeCreated.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'") })
            $iso.'@ingesttimestamp' | Should -Match '^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$'
            $iso.TimeCreated | Should -Be $plain.TimeCreated
            ($iso | Out-String -Width 200) | Should -BeExactly ($plain | Out-String -Width 200)
            (Invoke-QueryJob '*' @range -First 3 -TimestampFormat Iso -Property '@timestamp').'@timestamp' | Should -Be $iso.'@timestamp'
            (Invoke-QueryJob '*' @range -First 3 -TimestampFormat Iso -AsPage).Records.'@timestamp' | Should -Be $iso.'@timestamp'
        }

        It 'that cannot be converted stay, with one warning' {
            $events = @(Invoke-QueryJob '* | @timestamp := @timestamp + 900000000000000' -Start 2h -First 2 -TimestampFormat Iso -WarningVariable warnings -WarningAction SilentlyContinue)
            $events.'@timestamp' | ForEach-Object { $_ | Should -BeGreaterThan 900000000000000 }
            @($warnings -match 'cannot be converted to ISO 8601') | Should -HaveCount 1
        }

        It 'are in a file that is verified, read back and resumed: <_>' -ForEach 'e.ndjson', 'e.csv', 'e.json.gz' {
            $result = Invoke-QueryJobExport '*' $_ -Start 2h -TimestampFormat Iso
            (Get-Content "$_.manifest.json" | ConvertFrom-Json).timestampFormat | Should -Be Iso
            $test = Test-PagedExport $_
            $test.IsValid | Should -BeTrue
            $test.Findings | Where-Object { $_.Check -in 'Order', 'Range' } | ForEach-Object { $_.Detail | Should -BeNullOrEmpty }
            $rows = @(Import-PagedExport $_)
            $rows | Should -HaveCount $result.Events
            $rows[0].'@timestamp' | Should -BeExactly $all[0].TimeCreated.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'")
            $rows[-1].TimeCreated | Should -Be $all[-1].TimeCreated
        }

        It 'are kept by a resumption, which refuses another format' {
            $server.AddFault('500', 'Poll', 6, 1000)
            Get-ErrorId { Invoke-QueryJobExport '*' r.csv -Start 2h -Strategy Around -TimestampFormat Iso -ErrorAction Stop } | Should -Be QueryJobExportIncomplete
            $server.ClearFaults()
            Get-ErrorId { Invoke-QueryJobExport '*' r.csv -Start 2h -Strategy Around -Resume -ErrorAction Stop } | Should -Be CheckpointMismatch
            (Resume-PagedExport r.csv).State | Should -Be Complete
            (Import-Csv r.csv)[0].'@timestamp' | Should -Match 'Z$'
            Test-PagedExport r.csv -Quiet | Should -BeTrue
        }
    }

    Context 'Many queries' {
        It 'by value have one result and one summary each, and a failed one does not stop the others' {
            $rows = 'count()', 'bad(', '*' | Invoke-QueryJob -Start 2h -SummaryVariable verdicts -ErrorVariable problems -ErrorAction SilentlyContinue
            $rows | Should -HaveCount ($all.Count + 1)
            $verdicts.State | Should -Be Complete, Incomplete, Complete
            $verdicts.Received | Should -Be 1, 0, $all.Count
            $problems | Should -HaveCount 1
            $null = 'count()' | Invoke-QueryJob -Start 2h -SummaryVariable verdicts
            $verdicts | Should -BeOfType ([type]$verdicts.GetType())
            @($verdicts) | Should -HaveCount 1
        }

        It 'each have the warnings and numbers of one run only' {
            $results = '* | @timestamp := @timestamp + 900000000000000', '#event_simpleName=UserLogon' | Invoke-QueryJobExport -Path '{index}.ndjson' -Start 2h -TimestampFormat Iso -WarningAction SilentlyContinue
            $results[0].Warnings | Should -Not -BeNullOrEmpty
            $results[1].Warnings | Should -BeNullOrEmpty
            $alone = Invoke-QueryJobExport '#event_simpleName=UserLogon' alone.ndjson -Start 2h -TimestampFormat Iso
            $results[1].Requests | Should -BeLessOrEqual ($alone.Requests + 3)
        }

        It 'come from a file with lines and comments, in <_>' -ForEach 'utf8', 'utf8BOM', 'unicode' {
            "// Logons only.`r`n#event_simpleName=UserLogon`r`n| ComputerName=* // any`r`n" | Set-Content hunt.cql -Encoding $_
            Invoke-QueryJob -QueryFile hunt.cql -Start 2h -SummaryVariable verdict | Should -HaveCount $logons
            $verdict.Name | Should -Be hunt
            $verdict.Query | Should -BeExactly "// Logons only.`n#event_simpleName=UserLogon`n| ComputerName=* // any"
            (Invoke-QueryJobExport -QueryFile hunt.cql '{name}.ndjson' -Start 2h).Path | Should -Be (Join-Path $folder hunt.ndjson)
        }

        It 'in a file that <Why> are an error' -ForEach @(
            @{ Why = 'is empty'; Text = " `n" }
            @{ Why = 'has only comments'; Text = "// a`n // b" }
            @{ Why = 'does not exist' }
        ) {
            if ($Text) { Set-Content bad.cql $Text }
            $before = $server.RequestCount
            Get-ErrorId { Invoke-QueryJob -QueryFile bad.cql -ErrorAction Stop } | Should -Be InvalidArgument
            { Invoke-QueryJob -QueryFile bad.cql -ErrorAction Stop } | Should -Throw "*bad.cql' $Why*"
            $server.RequestCount | Should -Be $before
        }

        It 'are files of the pipeline' {
            '#event_simpleName=UserLogon' | Set-Content logons.cql
            '' | Set-Content empty.cql
            'count()' | Set-Content number.cql
            $results = Get-ChildItem *.cql | Sort-Object Name | Invoke-QueryJobExport -Path '{index}-{name}.ndjson' -Start 2h -ErrorVariable problems -ErrorAction SilentlyContinue
            $results.Events | Should -Be $logons, 1
            (Get-ChildItem *.ndjson).Name | Should -Be '2-logons.ndjson', '3-number.ndjson'
            $problems | Should -HaveCount 1
            Get-Item logons.cql | Invoke-QueryJob -Start 2h -SummaryVariable verdict | Should -HaveCount $logons
            $verdict.Name | Should -Be logons
            Get-ErrorId { Get-Item $folder | Invoke-QueryJob -ErrorAction Stop } | Should -Be InvalidArgument
        }

        It 'never replace the query file' {
            '#event_simpleName=UserLogon' | Set-Content q.ndjson
            Get-ErrorId { Get-Item q.ndjson | Invoke-QueryJobExport -Start 2h -Force -ErrorAction Stop } | Should -Be InvalidArgument
            Get-Content q.ndjson | Should -Be '#event_simpleName=UserLogon'
        }

        It 'are rows of a csv with names and arguments' {
            $rows = 'Name,Query,Argument', 'host,ComputerName=?host,host=WS-0008', 'all,*,' | ConvertFrom-Csv
            $events = $rows | Invoke-QueryJob -Start 2h -SummaryVariable verdicts -SourceProperty Query, Repository, Tenant
            $verdicts.Name | Should -Be host, all
            @($events | Where-Object SourceQuery -EQ host).Count | Should -Be @($all | Where-Object ComputerName -EQ WS-0008).Count
            $events[0].SourceRepository | Should -Be demo
            $events[0].PSObject.Properties.Name | Should -Contain SourceTenant
        }

        It 'take arguments as <Form>' -ForEach @(
            @{ Form = 'text'; Given = 'host = WS-0008' }
            @{ Form = 'JSON'; Given = '{"host":"WS-0008"}' }
            @{ Form = 'an object'; Given = [pscustomobject]@{ host = 'WS-0008' } }
        ) {
            $null = Invoke-QueryJob 'ComputerName=?host' -Argument $Given -Start 2h -SummaryVariable verdict
            $verdict.Received | Should -Be @($all | Where-Object ComputerName -EQ WS-0008).Count
        }

        It 'refuse text that is not an argument, and objects that are not a query' {
            Get-ErrorId { Invoke-QueryJob '*' -Argument 'host' } | Should -Be ParameterArgumentTransformationError
            $before = $server.RequestCount
            Get-ErrorId { [pscustomobject]@{ Quer = '*' } | Invoke-QueryJobExport -Path x.ndjson -ErrorAction Stop } | Should -Be InvalidArgument
            $server.RequestCount | Should -Be $before
        }

        It 'keep a field that has the name of an added property' {
            $events = Invoke-QueryJob '* | SourceQuery := @timestamp + 0' -Start 2h -First 2 -Name mine -SourceProperty Query -WarningVariable warnings -WarningAction SilentlyContinue
            $events.SourceQuery | Should -Be mine, mine
            $events.SourceQuery_2 | Should -Be $events.'@timestamp'
            @($warnings -match 'SourceQuery_2') | Should -HaveCount 1
        }

        It 'write files by a script block, or by placeholders' {
            $rows = [pscustomobject]@{ Query = '#event_simpleName=UserLogon'; Name = 'a/b' }, [pscustomobject]@{ Query = 'count()'; Name = 'c' }
            $results = $rows | Invoke-QueryJobExport -Path { 'x-' + $_.Name.Length + '.json' } -Start 2h
            $results.Path | Split-Path -Leaf | Should -Be x-3.json, x-1.json
            $results = $rows | Invoke-QueryJobExport -Path '{name}-{repository}-{end:yyyy}{{x}}.json' -Start 2026-01-01T00:00:00Z -End 2026-01-02T00:00:00Z
            $results.Path | Split-Path -Leaf | Should -Be 'a-b-demo-2026{x}.json', 'c-demo-2026{x}.json'
            Get-ErrorId { Invoke-QueryJobExport '*' '{name}.json' -ErrorAction Stop } | Should -Be BadPath
            Get-ErrorId { Invoke-QueryJobExport '*' '{other}.json' -ErrorAction Stop } | Should -Be BadPath
        }

        It 'with the same path are an error before the second one starts, with -Force too' {
            $results = '#event_simpleName=UserLogon', 'count()', '*' | Invoke-QueryJobExport -Path same.ndjson -Start 2h -Force -ErrorVariable problems -ErrorAction SilentlyContinue
            $results.Events | Should -Be $logons
            $problems | Should -HaveCount 2
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'BadPath,*'
            Test-PagedExport same.ndjson -Quiet | Should -BeTrue
        }
    }

    Context 'Around an event' {
        It 'the nearest events before and after it are emitted, each event with its own verdict' {
            $anchors = $all[1000], $all[1003], $all[0], $all[-1]
            $events = $anchors | Invoke-QueryJob '*' -Around -Before 5 -After 3 -SummaryVariable verdicts -SourceProperty Anchor
            $verdicts.State | Should -Be Complete, Complete, Complete, Complete
            $verdicts.Received | Should -Be 9, 9, 6, 4
            $groups = $events | Group-Object SourceAnchor -AsHashTable -AsString
            foreach ($at in 1000, 1003) {
                $own = $groups[$all[$at].'@id']
                $own.'@id' | Should -Be $all[($at - 3)..($at + 5)].'@id'
                @($own | Where-Object IsAnchor).'@id' | Should -Be $all[$at].'@id'
            }
            @($events | Where-Object IsAnchor) | Should -HaveCount 4
        }

        It 'all events within a time are emitted, also outside the default range' {
            $old = $all[-20]
            $events = $old | Invoke-QueryJob '*' -Around -Within 30s -SummaryVariable verdict
            $expected = $all | Where-Object { [Math]::Abs($_.'@timestamp' - $old.'@timestamp') -le 30000 }
            $events.'@id' | Should -Be $expected.'@id'
            $verdict.State | Should -Be Complete
            @($events | Where-Object IsAnchor).'@id' | Should -Be $old.'@id'
            ($old | Invoke-QueryJob '*' -Around -Within ([timespan]'00:00:30')).Count | Should -Be $events.Count
        }

        It 'the query need not match it' {
            $anchor = $all[1000]
            $query = '#event_simpleName=UserLogon'
            $matching = $all | Where-Object '#event_simpleName' -EQ UserLogon
            $newer = @($matching | Where-Object '@timestamp' -GT $anchor.'@timestamp' | Select-Object -Last 2)
            $older = @($matching | Where-Object '@timestamp' -LE $anchor.'@timestamp' | Select-Object -First 2)
            $events = $anchor | Invoke-QueryJob $query -Around -Before 2 -After 2
            $events.'@id' | Should -Be (@($newer.'@id') + @($older.'@id'))
        }

        It 'no field of it is used as a parameter' {
            $json = '{"@id":"' + $all[50].'@id' + '","@timestamp":' + $all[50].'@timestamp' + ',"Query":"count()","Repository":"other","Start":"x","Name":"","Connection":"close","Argument":"x","QueryFile":"x","Within":"x","Before":"x"}'
            $events = ConvertTo-Event $json | Invoke-QueryJob '*' -Around -Before 1 -After 1
            $events.'@id' | Should -Be $all[49..51].'@id'
        }

        It 'a copy of it works: <How>' -ForEach @(
            @{ How = 'from a job'; Copy = { [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($_)) } }
            @{ How = 'from JSON'; Copy = { $_ | ConvertTo-Json | ConvertFrom-Json } }
            @{ How = 'with selected fields'; Copy = { $_ | Select-Object '@id', '@timestamp' } }
            @{ How = 'with a time in ISO 8601'; Copy = { [pscustomobject]@{ '@id' = $_.'@id'; '@timestamp' = $_.TimeCreated.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'") } } }
        ) {
            $events = $all[50] | ForEach-Object $Copy | Invoke-QueryJob '*' -Around -Before 1 -After 1
            $events.'@id' | Should -Be $all[49..51].'@id'
        }

        It 'a query of a file works, and -First stops the pipeline' {
            '*' | Set-Content all.cql
            $all[50] | Invoke-QueryJob -QueryFile all.cql -Around -Before 1 -After 1 | Should -HaveCount 3
            $all[50..60] | Invoke-QueryJob '*' -Around | Select-Object -First 5 | Should -HaveCount 5
            $all[50] | Invoke-QueryJob '*' -Around -First 2 | Should -HaveCount 2
        }

        It 'wrong input is a separate error, and the next event is processed' {
            $row = ConvertTo-Event '{"_count":"1"}'
            $events = 'text', $row, $all[50] | Invoke-QueryJob '*' -Around -Before 0 -After 0 -ErrorVariable problems -ErrorAction SilentlyContinue
            $events.'@id' | Should -Be $all[50].'@id'
            $problems | Should -HaveCount 2
            Get-ErrorId { Invoke-QueryJob '*' -Around -ErrorAction Stop } | Should -Be InvalidArgument
            Get-ErrorId { $all[0] | Invoke-QueryJob -Around -ErrorAction Stop } | Should -Be InvalidArgument
            Get-ErrorId { $all[0] | Invoke-QueryJob '*' -Around -Within 5m -After 3 -ErrorAction Stop } | Should -Be InvalidArgument
            Get-ErrorId { $all[0] | Invoke-QueryJob '*' -Around -Within 5m -Start 1h -ErrorAction Stop } | Should -Be InvalidArgument
            Get-ErrorId { $all[-1] | Invoke-QueryJob '*' -Around -Start 1m -ErrorAction Stop } | Should -Be InvalidArgument
            Get-ErrorId { $all[0] | Invoke-QueryJob 'count()' -Around -ErrorAction Stop } | Should -Be InvalidArgument
            Get-ErrorId { $all[0] | Invoke-QueryJob '*' -Around -Within 1mon } | Should -Be ParameterArgumentTransformationError
        }
    }
}
