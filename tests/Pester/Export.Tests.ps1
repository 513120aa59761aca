Describe 'Exports' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
        $total = [int](Invoke-QueryJob "$Query | count()" -Start 2h)._count
    }
    BeforeEach {
        $folder = Join-Path $TestDrive ([guid]::NewGuid())
        $null = New-Item $folder -ItemType Directory
        Push-Location $folder
    }
    AfterEach {
        Pop-Location
        $server.ClearFaults()
        $null = $server | Connect-LogScale -MaxRetryCount 3
        $server.LiveJobCount | Should -Be 0
    }
    AfterAll { Stop-LogScaleSimulator }

    Context 'Invoke-QueryJobExport' {
        It 'emits its result' {
            $result = Invoke-QueryJobExport $Query events.ndjson -Start 2h
            $result.State | Should -Be Complete
            $result.Events | Should -Be $total
            $result.Expected | Should -Be $total
            $result.Missing | Should -Be 0
            $result.Path | Should -Be (Join-Path $folder events.ndjson)
            $result.Sha256 | Should -Be (Get-FileHash events.ndjson).Hash
            $result.Bytes | Should -Be (Get-Item events.ndjson).Length
            $result.ManifestPath | Should -Exist
            $result.PartialPath | Should -BeNullOrEmpty
            $result.RangeEnd - $result.RangeStart | Should -Be ([timespan]::FromHours(2))
            $result.EventsPerSecond | Should -BeGreaterThan 0
            @(Get-ChildItem).Count | Should -Be 3
        }

        It 'writes <Name>' -ForEach @(
            @{ Name = 'e.json'; Read = { (Get-Content e.json -Raw | ConvertFrom-Json).Count } }
            @{ Name = 'e.ndjson'; Read = { @(Get-Content e.ndjson | ConvertFrom-Json).Count } }
            @{ Name = 'e.jsonl'; Read = { @(Get-Content e.jsonl | ConvertFrom-Json).Count } }
            @{ Name = 'e.csv'; Read = { @(Import-Csv e.csv).Count } }
        ) {
            $null = Invoke-QueryJobExport $Query $Name -Start 2h
            & $Read | Should -Be $total
        }

        It 'ends after -StopAfter with a warning, and goes on with -Resume' {
            $server.AddFault('Hang', 'Create', 6, 1)
            $result = Invoke-QueryJobExport $Query stopped.ndjson -Start 2h -Strategy Around -StopAfter 3s -WarningVariable warned -WarningAction SilentlyContinue
            $result.State | Should -Be Incomplete
            $result.Reason | Should -Be 'the run was stopped after 3s, the time given by -StopAfter'
            "$warned" | Should -Match 'events saved'
            $server.ClearFaults()
            $whole = Invoke-QueryJobExport $Query stopped.ndjson -Start 2h -Strategy Around -StopAfter 2:45:00 -Resume
            $whole.State, $whole.Events | Should -Be Complete, $total
        }

        It 'ends a command with several queries after -StopAfter, and goes on with -Resume' {
            $queries = 'a', 'b' | ForEach-Object { [pscustomobject]@{ Query = $Query; Name = $_ } }
            $both = @{ Path = '{name}.ndjson'; Start = (Get-Date).AddHours(-2); End = Get-Date; Strategy = 'Around'; WarningAction = 'SilentlyContinue' }
            $server.AddFault('Hang', 'Poll', 6, 1)
            $results = @($queries | Invoke-QueryJobExport @both -StopAfter 2s -WarningVariable warned)
            $results.State | Should -Be Incomplete, Incomplete
            $results.Reason | Select-Object -Unique | Should -Be 'the run was stopped after 2s, the time given by -StopAfter'
            $results[0].Events | Should -BeGreaterThan 0
            # The time had passed before the second one began.
            $results[1].Events, $results[1].PartialPath | Should -Be 0, $null
            "$warned" | Should -Match 'No events were saved'
            $server.ClearFaults()
            @($queries | Invoke-QueryJobExport @both -StopAfter 2:45:00 -Resume).State | Should -Be Complete, Complete
        }

        It 'takes <Text> as -StopAfter' -ForEach @(
            @{ Text = '2h45m'; Span = '02:45:00' }
            @{ Text = '2:45:00'; Span = '02:45:00' }
            @{ Text = [timespan]'00:30:00'; Span = '00:30:00' }
            @{ Text = 90; Span = $null }
            @{ Text = '31d'; Span = $null }
            @{ Text = '-5m'; Span = $null }
        ) {
            $attribute = (Get-Command Invoke-TaniumExport).Parameters['StopAfter'].Attributes.Where{ $_.GetType().Name -like 'StopAfter*' }[0]
            if ($Span) { $attribute.Transform($null, $Text) | Should -Be ([timespan]$Span) }
            else { { $attribute.Transform($null, $Text) } | Should -Throw '*' }
        }

        It 'takes 30s without quotes, which PowerShell reads as a number' {
            (Invoke-QueryJobExport $Query number.ndjson -Start 2h -StopAfter 30s).State | Should -Be Complete
            { Invoke-QueryJobExport $Query number2.ndjson -StopAfter 30 } | Should -Throw '*30*length of time*'
        }

        It 'writes JSON lines for Timesketch, with the time in UTC' {
            $result = Invoke-QueryJobExport '*' ts.jsonl -Start 2h -Format Timesketch
            $rows = @(Get-Content ts.jsonl | ForEach-Object { $_ | ConvertFrom-Json })
            $rows | Should -HaveCount $result.Events
            foreach ($row in $rows[0, -1]) {
                $row.message, $row.timestamp_desc | Should -Not -BeNullOrEmpty
                $time = [DateTimeOffset]::FromUnixTimeMilliseconds($row.'@timestamp').ToString("yyyy-MM-dd'T'HH:mm:ss.fff'+00:00'", [cultureinfo]::InvariantCulture)
                Get-Content ts.jsonl -Raw | Should -Match ([regex]::Escape("`"datetime`":`"$time`""))
            }
            Test-PagedExport ts.jsonl -Quiet | Should -BeTrue
        }

        It 'writes a csv with a byte order mark, and refuses the mark in another format' {
            $null = Invoke-QueryJobExport '*' bom.csv -Start 2h -Bom
            [System.IO.File]::ReadAllBytes("$pwd/bom.csv")[0..2] | Should -Be 0xEF, 0xBB, 0xBF
            Test-PagedExport bom.csv -Quiet | Should -BeTrue
            (Get-Content bom.csv.manifest.json | ConvertFrom-Json).bom | Should -BeTrue
            Get-ErrorId { Invoke-QueryJobExport '*' bom.json -Start 2h -Bom -ErrorAction Stop } | Should -Be InvalidArgument
        }

        It 'writes a csv that Import-Csv reads with the values of the ndjson' {
            $start = [datetimeoffset]::UtcNow.AddHours(-2)
            $end = [datetimeoffset]::UtcNow.AddMinutes(-1)
            $null = Invoke-QueryJobExport '*' a.csv -Start $start -End $end
            $null = Invoke-QueryJobExport '*' a.ndjson -Start $start -End $end
            $rows = Import-Csv a.csv
            $lines = @(Get-Content a.ndjson)
            $rows.Count | Should -Be $lines.Count
            for ($i = 0; $i -lt $lines.Count; $i += 97) {
                $document = [System.Text.Json.JsonDocument]::Parse($lines[$i])
                foreach ($property in $document.RootElement.EnumerateObject()) {
                    $rows[$i].($property.Name) | Should -BeExactly $property.Value.ToString()
                }
            }
        }

        It 'has the same events by <_>' -ForEach 'Around', 'Window', 'Stream' {
            $start = [datetimeoffset]::UtcNow.AddHours(-2)
            $end = [datetimeoffset]::UtcNow.AddMinutes(-1)
            $auto = Invoke-QueryJobExport $Query auto.ndjson -Start $start -End $end
            $result = Invoke-QueryJobExport $Query other.ndjson -Start $start -End $end -Strategy $_
            $result.State | Should -Be Complete
            $result.Events | Should -Be $auto.Events
            (Get-Content other.ndjson | Sort-Object) | Should -Be (Get-Content auto.ndjson | Sort-Object)
        }

        It 'keeps only the requested fields' {
            $null = Invoke-QueryJobExport $Query c.csv -Start 2h -Property ComputerName, '@timestamp' -MaxEvents 10
            (Get-Content c.csv)[0] | Should -Be 'ComputerName,@timestamp'
            @(Import-Csv c.csv).Count | Should -Be 10
        }

        It 'warns if the name of a compressed file does not end in .gz' {
            $null = Invoke-QueryJobExport $Query plain.ndjson -Start 2h -Compress -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -BeLike "*'plain.ndjson.gz'*"
            $null = Invoke-QueryJobExport $Query named.ndjson.gz -Start 2h -Compress -WarningVariable none
            $none | Should -BeNullOrEmpty
        }

        It 'compresses by name or by request' {
            $null = Invoke-QueryJobExport $Query z.ndjson.gz -Start 2h -MaxEvents 10
            $null = Invoke-QueryJobExport $Query y.ndjson -Start 2h -MaxEvents 10 -Compress
            foreach ($file in 'z.ndjson.gz', 'y.ndjson') {
                [System.IO.File]::ReadAllBytes((Resolve-Path $file))[0..1] | Should -Be 0x1f, 0x8b
            }
        }

        It 'accepts a format that differs from the extension' {
            $null = Invoke-QueryJobExport $Query out.dat -Format Csv -Start 2h -MaxEvents 3
            @(Import-Csv out.dat).Count | Should -Be 3
            Get-ErrorId { Invoke-QueryJobExport $Query out2.dat } | Should -Be BadPath
        }

        It 'never replaces without -Force' {
            Set-Content there.json 'mine'
            Get-ErrorId { Invoke-QueryJobExport $Query there.json -Start 2h } | Should -Be OutputExists
            Get-Content there.json | Should -Be mine
            (Invoke-QueryJobExport $Query there.json -Start 2h -Force).State | Should -Be Complete
        }

        It 'continues with the next item, and reports the failed one' {
            $made = @(
                [pscustomobject]@{ Query = $Query; Path = '1.ndjson' }
                [pscustomobject]@{ Query = 'bad('; Path = '2.ndjson' }
                [pscustomobject]@{ Query = $Query; Path = '3.ndjson' }
            ) | Invoke-QueryJobExport -Start 2h -ErrorAction SilentlyContinue -ErrorVariable failed
            Split-Path $made.Path -Leaf | Should -Be 1.ndjson, 3.ndjson
            $failed.FullyQualifiedErrorId | Should -Be 'BadRequest,LogScalePaging.Commands.InvokeQueryJobExportCommand'
            $failed.TargetObject | Should -Be 2.ndjson
            @([pscustomobject]@{ Query = 'bad(' }, [pscustomobject]@{ Query = "$Query | count()" } | Invoke-QueryJob -Start 2h -ErrorAction Ignore)._count | Should -Be $total
            # Without pipeline input, it is a failed item too.
            { Invoke-QueryJobExport 'bad(' 4.ndjson -Start 2h -ErrorAction Ignore } | Should -Not -Throw
            { Invoke-QueryJobExport 'bad(' 4.ndjson -Start 2h -ErrorAction Stop } | Should -Throw
        }

        It 'refuses with -WhatIf what it refuses without -WhatIf' {
            'x' | Set-Content there.json
            Get-ErrorId { Invoke-QueryJobExport $Query there.json -Start 2h -WhatIf } | Should -Be OutputExists
            Get-ErrorId { Invoke-QueryJobExport $Query none/there.json -Start 2h -WhatIf } | Should -Be FolderMissing
            Get-ErrorId { Resume-PagedExport new.json -WhatIf } | Should -Be NothingToResume
            Invoke-QueryJobExport $Query there.json -Start 2h -WhatIf -Force | Should -BeNullOrEmpty
            Get-Content there.json | Should -Be x
        }

        It 'does nothing with -WhatIf' {
            Invoke-QueryJobExport $Query w.json -WhatIf | Should -BeNullOrEmpty
            Get-ChildItem | Should -BeNullOrEmpty
        }

        It 'emits the files with -PassThru' {
            $file = Invoke-QueryJobExport $Query p.json -Start 2h -PassThru
            $file | Should -BeOfType System.IO.FileInfo
            $file.Name | Should -Be p.json
            $file.PSPath | Should -Be (Get-Item p.json).PSPath
        }

        It 'takes its path from PowerShell: <Name>' -ForEach @(
            @{ Name = 'another drive'; Path = 'env:out.json'; Id = 'InvalidArgument' }
            @{ Name = 'a drive that is not'; Path = 'nodrive:\out.json'; Id = 'InvalidArgument' }
            @{ Name = 'a folder that is not'; Path = 'nowhere/out.json'; Id = 'FolderMissing' }
            @{ Name = 'a folder instead of a file'; Path = '.'; Id = 'BadPath' }
        ) {
            Get-ErrorId { Invoke-QueryJobExport $Query $Path -Format Json } | Should -Be $Id
        }

        It 'says that a path is a folder, and not that its extension is wrong: <_>' -ForEach '.', 'later/' {
            { Invoke-QueryJobExport $Query $_ -ErrorAction Stop } | Should -Throw '*is a folder. Give the path of a file in it.' -ErrorId 'BadPath,*'
        }

        It 'leaves nothing behind when the query fails at once' {
            Get-ErrorId { Invoke-QueryJobExport 'foo | bar(' f.json } | Should -Be BadRequest
            Get-ChildItem | Should -BeNullOrEmpty
        }

        It 'exports several queries from a table' {
            $asked = "Path,Query,Start`none.json,$Query,2h`ntwo.csv,count(),2h" | ConvertFrom-Csv
            ($asked | Invoke-QueryJobExport).State | Should -Be Complete, Complete
        }
    }

    Context 'an export that breaks off' {
        BeforeEach {
            $null = $server | Connect-LogScale -MaxRetryCount 0
            $server.AddFault('500', 'Poll', 6, 1000)
            $result = Invoke-QueryJobExport $Query part.ndjson -Start 2h -Strategy Around -PageSize 100 -ErrorVariable problems -ErrorAction SilentlyContinue -WarningAction SilentlyContinue
            $server.ClearFaults()
        }

        It 'emits its result and an error' {
            $result.State | Should -Be Incomplete
            $result.Events | Should -BeGreaterThan 0
            $result.Missing | Should -Be ($total - $result.Events)
            $result.PartialPath | Should -Exist
            'part.ndjson' | Should -Not -Exist
            $problems[0].FullyQualifiedErrorId | Should -BeLike 'QueryJobExportIncomplete,*'
            $problems[0].TargetObject.Path | Should -Be $result.Path
            $problems[0].ErrorDetails.RecommendedAction | Should -Match 'Resume-PagedExport'
        }

        It 'resumes by its path alone' {
            $resumed = Resume-PagedExport part.ndjson
            $resumed.State | Should -Be Complete
            $resumed.Events | Should -Be $total
            $resumed.Resumes | Should -Be 1
            @(Get-Content part.ndjson | ConvertFrom-Json).'@id' | Sort-Object -Unique | Should -HaveCount $total
            'part.ndjson.partial' | Should -Not -Exist
        }

        It 'resumes with the same command and -Resume' {
            $resumed = Invoke-QueryJobExport $Query part.ndjson -Start 2h -Strategy Around -PageSize 100 -Resume
            $resumed.State | Should -Be Complete
            $resumed.Events | Should -Be $total
        }

        It 'warns with the resumed range if the range is relative' {
            $null = Invoke-QueryJobExport $Query part.ndjson -Start 2h -Strategy Around -PageSize 100 -Resume -WarningVariable warnings -WarningAction SilentlyContinue
            "$warnings" | Should -Match "the range is that of the first run, $($result.RangeStart.ToString('yyyy-MM-dd'))T.*Z to .*Z"
        }

        It 'is not resumed as another query' {
            Get-ErrorId { Invoke-QueryJobExport '*' part.ndjson -Start 2h -Resume } | Should -Be CheckpointMismatch
        }

        It 'is not resumed over another range' {
            Get-ErrorId { Invoke-QueryJobExport $Query part.ndjson -Start 3h -Strategy Around -PageSize 100 -Resume } | Should -Be CheckpointMismatch
        }

        It 'is resumed by <Name>' -ForEach @(
            @{ Name = 'its folder'; Resume = { Resume-PagedExport ./part.ndjson.partial } }
            @{ Name = 'its folder with a slash'; Resume = { Resume-PagedExport part.ndjson.partial/ } }
            @{ Name = 'Get-ChildItem'; Resume = { Get-ChildItem -Directory -Filter *.partial | Resume-PagedExport } }
        ) {
            $resumed = & $Resume
            $resumed.State | Should -Be Complete
            $resumed.Path | Should -Be (Join-Path $folder part.ndjson)
            'part.ndjson.partial' | Should -Not -Exist
        }

        It 'is not deleted without -Force' {
            Get-ErrorId { Invoke-QueryJobExport $Query part.ndjson -Start 2h } | Should -Be ResumableExists
        }

        It 'cannot be resumed after it is complete' {
            (Resume-PagedExport part.ndjson -PassThru).Name | Should -Be part.ndjson
            Get-ErrorId { Resume-PagedExport part.ndjson } | Should -Be NothingToResume
        }
    }

    Context 'an export with -Resume' {
        It 'starts if there is nothing to resume, with -WhatIf too' {
            Invoke-QueryJobExport $Query new.ndjson -Start 2h -Resume -WhatIf
            'new.ndjson' | Should -Not -Exist
            (Invoke-QueryJobExport $Query new.ndjson -Start 2h -Resume).Events | Should -Be $total
        }

        It 'ends at once if the output of the same absolute range is finished' {
            $range = @{ Start = [datetime]::UtcNow.AddHours(-2); End = [datetime]::UtcNow }
            $first = Invoke-QueryJobExport $Query done.ndjson @range
            $before = $server.RequestCount
            $again = Invoke-QueryJobExport $Query done.ndjson @range -Resume
            $server.RequestCount | Should -Be $before
            $again.State | Should -Be Complete
            $again.Sha256 | Should -Be $first.Sha256
            $again.Files | Should -Be $first.Files
        }

        It 'refuses a finished output of <Name>, and names both ranges' -ForEach @(
            @{ Name = 'a relative range'; Range = @{ Start = '2h' } }
            @{ Name = 'another absolute range'; Range = @{ Start = '2026-05-01T00:00:00Z'; End = '2026-05-02T00:00:00Z' } }
        ) {
            $first = Invoke-QueryJobExport $Query other.ndjson -Start 2h -Force
            foreach ($whatIf in $true, $false) {
                { Invoke-QueryJobExport $Query other.ndjson @Range -Resume -WhatIf:$whatIf } | Should -Throw -ErrorId 'OutputExists,*' -PassThru |
                    Should -BeLike "*$($first.RangeStart.ToString('yyyy-MM-ddTHH:mm:ss'))*$($Range.Start.Substring(0, 2))*"
            }
        }
    }

    Context 'an export in several files' {
        It 'is split by <Name>' -ForEach @(
            @{ Name = 'events'; With = @{ MaxFileEvents = 100 } }
            @{ Name = 'size, as PowerShell writes it'; With = @{ MaxFileSize = 60KB } }
            @{ Name = 'both, compressed'; With = @{ MaxFileEvents = 100; MaxFileSize = 60KB; Compress = $true } }
        ) {
            $result = Invoke-QueryJobExport $Query many.ndjson -Start 2h @With
            $result.State | Should -Be Complete
            $result.Files.Count | Should -BeGreaterThan 1
            $result.Files[0] | Should -Be (Join-Path $folder many-00001.ndjson)
            $result.Sha256 | Should -BeNullOrEmpty
            'many.ndjson' | Should -Not -Exist
            $result | Test-PagedExport -Quiet | Should -BeTrue
            Test-PagedExport many-00002.ndjson -Quiet | Should -BeTrue
            if (-not $With.Compress) {
                @(Get-Content many-*.ndjson).Count | Should -Be $total
            }
            if ($With.MaxFileSize -and -not $With.Compress) {
                (Get-Item many-*.ndjson | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 60KB
            }
        }

        It 'shows files that exist' {
            $shown = Invoke-QueryJobExport $Query many.ndjson -Start 2h -MaxFileEvents 500 | Out-String -Width 400
            $shown | Should -Match 'File +: .*many-00001\.ndjson … many-0000\d\.ndjson \(\d files\)'
        }

        It 'emits every file with -PassThru' {
            @(Invoke-QueryJobExport $Query many.csv -Start 2h -MaxFileEvents 500 -PassThru).Name | Should -Be @(1..[math]::Ceiling($total / 500) | ForEach-Object { 'many-{0:00000}.csv' -f $_ })
        }

        It 'is checked file by file: <_>' -ForEach 'missing', 'damaged' {
            $null = Invoke-QueryJobExport $Query many.ndjson -Start 2h -MaxFileEvents 500
            if ($_ -eq 'missing') { Remove-Item many-00002.ndjson } else { Add-Content many-00002.ndjson ' ' }
            $checked = Test-PagedExport many.ndjson
            $checked.IsValid | Should -BeFalse
            @($checked.Failed.File | Where-Object { $_ } | Sort-Object -Unique) | Should -Be many-00002.ndjson
        }

        It 'refuses <Name>' -ForEach @(
            @{ Name = 'a size that is a slip'; With = @{ MaxFileSize = 100 } }
            @{ Name = 'no events'; With = @{ MaxFileEvents = 0 } }
            @{ Name = 'a size that is none'; With = @{ MaxFileSize = 'large' } }
        ) {
            Get-ErrorId { Invoke-QueryJobExport $Query many.ndjson @With } | Should -BeIn ParameterArgumentValidationError, CannotConvertArgumentNoMessage
        }

        It 'is resumed by its path to the same bytes' {
            $range = @{ Start = [datetimeoffset]::UtcNow.AddHours(-2); End = [datetimeoffset]::UtcNow.AddMinutes(-1); Strategy = 'Around'; PageSize = 100; MaxFileEvents = 150 }
            $null = Invoke-QueryJobExport $Query whole.ndjson @range
            $null = $server | Connect-LogScale -MaxRetryCount 0
            $server.AddFault('500', 'Poll', 6, 1000)
            $broken = Invoke-QueryJobExport $Query cut.ndjson @range -ErrorAction SilentlyContinue -WarningVariable warned
            # The error says this already, so there is no warning.
            $warned | Should -BeNullOrEmpty
            $broken.State | Should -Be Incomplete
            $server.ClearFaults()
            Get-ErrorId { Invoke-QueryJobExport $Query cut.ndjson @range -MaxFileSize 1MB -Resume } | Should -Be CheckpointMismatch
            (Resume-PagedExport cut.ndjson).Files.Count | Should -Be (Get-Item whole-*.ndjson).Count
            (Get-FileHash cut-*.ndjson).Hash | Should -Be (Get-FileHash whole-*.ndjson).Hash
        }
    }

    Context 'Test-PagedExport -Recount' {
        It 'agrees with the server''s current count' {
            $end = [datetimeoffset]::UtcNow.AddMinutes(-1)
            $checked = Invoke-QueryJobExport $Query again.json -Start $end.AddHours(-2) -End $end | Test-PagedExport -Recount
            $checked.IsValid | Should -BeTrue
            $checked.Findings[-1].Check | Should -Be ServerCount
            Test-PagedExport again.json -Recount -Quiet -Connection ($server | Connect-LogScale) | Should -BeTrue
        }

        It 'finds a different count' {
            $null = Invoke-QueryJobExport $Query few.json -Start 5m
            $wider = (Get-Content few.json.manifest.json -Raw) -replace '"start": \d+', '"start": 1'
            Set-Content few.json.manifest.json $wider
            $checked = Test-PagedExport few.json -Recount
            $checked.IsValid | Should -BeFalse
            "$($checked.Failed)" | Should -Match 'ServerCount failed: expected [\d,]+, found [\d,]+ \(events are missing'
            Test-PagedExport few.json -Recount -Quiet | Should -BeFalse
        }

        It 'gives an error if the count fails' {
            $null = Invoke-QueryJobExport $Query again.json -Start 2h
            $null = $server | Connect-LogScale -MaxRetryCount 0
            $server.AddFault('500', 'Create', 0, 1000)
            Get-ErrorId { Test-PagedExport again.json -Recount -ErrorAction Stop } | Should -Be ServerError
            Test-PagedExport again.json -Quiet | Should -BeTrue
        }
    }

    Context 'an export that is stopped' {
        It 'shows the command to continue at the console' -Skip:$IsWindows {
            # After 20 more jobs the server is silent, so that the export cannot end before the signal comes.
            $server.AddFault('Hang', 'Create', 20, 1000)
            $child = {
                $null = Connect-LogScale -MaxRetryCount 3
                Invoke-QueryJobExport $env:TEST_QUERY "it's.ndjson" -Start 2h -Strategy Around -PageSize 5
            }
            $env:LOGSCALE_BASE_URL, $env:LOGSCALE_REPO, $env:LOGSCALE_TOKEN, $env:TEST_QUERY = $server.BaseUrl, $server.Repository, ([pscredential]::new('x', $server.Token).GetNetworkCredential().Password), $Query
            try {
                $before = $server.JobCount
                $program, $arguments = @(Get-Shell) + '-NoProfile', '-NonInteractive', '-Command', "`$env:PSModulePath = ''; Import-Module '$ModulePath'; $child"
                $start = [System.Diagnostics.ProcessStartInfo]::new($program, [string[]]$arguments)
                $start.WorkingDirectory = $folder
                $start.RedirectStandardOutput = $start.RedirectStandardError = $true
                $process = [System.Diagnostics.Process]::Start($start)
                $said = $process.StandardOutput.ReadToEndAsync()
                $complaint = $process.StandardError.ReadToEndAsync()
                $clock = [System.Diagnostics.Stopwatch]::StartNew()
                while ($server.JobCount -lt $before + 20 -and $clock.Elapsed -lt $Limit -and -not $process.WaitForExit(10)) { }
                if ($process.HasExited) { throw "The export ended early: $($said.Result) $($complaint.Result)" }
                $server.JobCount | Should -Be ($before + 20)
                kill -INT $process.Id
                $process.WaitForExit($Limit) | Should -BeTrue
                $said.Result -replace '\e\[[\d;]*m' -replace '\s+', ' ' | Should -Match "Stopped: [\d,]+ events saved. Continue with: Resume-PagedExport '.*it''s.ndjson'"
            }
            finally {
                'LOGSCALE_BASE_URL', 'LOGSCALE_REPO', 'LOGSCALE_TOKEN', 'TEST_QUERY' | ForEach-Object { [Environment]::SetEnvironmentVariable($_, $null) }
                if ($process -and -not $process.HasExited) { $process.Kill() }
            }
            $server.ClearFaults()
            (Resume-PagedExport "it's.ndjson").State | Should -Be Complete
        }
    }

    Context 'Test-PagedExport' {
        It 'finds a valid file valid' {
            $checked = Invoke-QueryJobExport $Query good.json -Start 2h | Test-PagedExport
            $checked.IsValid | Should -BeTrue
            $checked.Events | Should -Be $total
            $checked.State | Should -Be Complete
            $checked.Failed | Should -BeNullOrEmpty
            $checked.Findings.Count | Should -BeGreaterThan 3
            Test-PagedExport good.json -Quiet | Should -BeTrue
            Get-Item good.json | Test-PagedExport -Quiet | Should -BeTrue
        }

        It 'finds a changed file not valid' {
            $null = Invoke-QueryJobExport $Query bad.ndjson -Start 2h
            $text = [System.IO.File]::ReadAllText((Resolve-Path bad.ndjson))
            [System.IO.File]::WriteAllText((Resolve-Path bad.ndjson), $text.Replace('powershell', 'powershell!'))
            $checked = Test-PagedExport bad.ndjson
            $checked.IsValid | Should -BeFalse
            $checked.Failed.Count | Should -BeGreaterThan 0
            "$($checked.Failed[0])" | Should -Match 'failed'
            Test-PagedExport bad.ndjson -Quiet | Should -BeFalse
        }

        Context 'with many exports in a folder' {
            BeforeAll {
                $many = (New-Item -ItemType Directory (Join-Path $TestDrive many)).FullName
                Push-Location $many
                foreach ($name in 'a.json', 'b.ndjson', 'b[2].ndjson', 'c.csv') { $null = Invoke-QueryJobExport $Query $name -Start 30m }
                $null = Invoke-QueryJobExport $Query rotated.ndjson -Start 2h -MaxFileEvents 500
                Set-Content notes.txt 'of no export'
                $null = New-Item -ItemType Directory d.ndjson.partial
                Pop-Location
                function Get-Checked { @($input | ForEach-Object { $_.IsValid | Should -BeTrue; Split-Path -Leaf $_.Path }) -join ' ' }
            }
            # Each test has a separate folder. Here it is the folder with all these exports.
            BeforeEach { Set-Location $many }

            It 'gives <Result> for <Path>' -ForEach @(
                @{ Path = '*.ndjson'; Result = 'b.ndjson b[2].ndjson rotated-00001.ndjson' }
                @{ Path = '*'; Result = 'a.json b.ndjson b[2].ndjson c.csv rotated-00001.ndjson' }
                @{ Path = '*.json'; Result = 'a.json' }
                @{ Path = 'rotated*'; Result = 'rotated-00001.ndjson' }
                @{ Path = 'b.ndjson.manifest.json'; Result = 'b.ndjson.manifest.json' }
                @{ Path = '*.csv.manifest.json'; Result = 'c.csv.manifest.json' }
                @{ Path = 'rotated.ndjson'; Result = 'rotated.ndjson' }
                @{ Path = 'b[2].ndjson'; Result = 'b[2].ndjson' }
                @{ Path = 'b`[2`].ndjson'; Result = 'b[2].ndjson' }
                @{ Path = 'a.json', 'c*'; Result = 'a.json c.csv' }
                @{ Path = '*.nosuch'; Result = '' }
            ) { Test-PagedExport $Path | Get-Checked | Should -BeExactly $Result }

            It 'reads no wildcards in -LiteralPath' {
                Test-PagedExport -LiteralPath 'b[2].ndjson', a.json | Get-Checked | Should -BeExactly 'b[2].ndjson a.json'
                Test-PagedExport -LiteralPath '*.json' -Quiet | Should -BeFalse
            }

            It 'takes files from Get-ChildItem, each export once' {
                Get-ChildItem *.ndjson -File | Test-PagedExport | Get-Checked | Should -BeExactly 'b.ndjson b[2].ndjson rotated-00001.ndjson'
                Get-ChildItem b* | Test-PagedExport | Get-Checked | Should -BeExactly 'b.ndjson b[2].ndjson'
                @(Get-ChildItem *.csv, *.json | Test-PagedExport -Quiet) | Should -Be @($true, $true, $true, $true, $true)
            }

            It 'reports an export without its manifest' {
                Set-Content lost.csv 'a,b'
                try { (Test-PagedExport *.csv).Where({ -not $_.IsValid }).Path | Should -Be (Join-Path $many lost.csv) }
                finally { Remove-Item lost.csv }
            }

            It 'reports an invalid path, and continues' {
                Test-PagedExport nowhere/*.json, Env:PATH, a.json -ErrorVariable failed -ErrorAction SilentlyContinue | Get-Checked | Should -BeExactly 'a.json'
                $failed.ForEach({ ($_.FullyQualifiedErrorId -split ',')[0] }) | Should -Be FolderMissing, InvalidArgument
            }
        }

        It 'says in a sentence that a manifest cannot be read' {
            $null = Invoke-QueryJobExport $Query cut.json -Start 30m
            Set-Content cut.json.manifest.json '{ "state": '
            $checked = Test-PagedExport cut.json -ErrorVariable failed -ErrorAction SilentlyContinue
            $checked.IsValid | Should -BeFalse
            $failed.FullyQualifiedErrorId | Should -BeExactly 'ManifestUnreadable,LogScalePaging.Commands.TestPagedExportCommand'
            "$failed" | Should -BeExactly "The manifest '$(Resolve-Path cut.json.manifest.json)' cannot be read: it is not valid JSON from line 2 on. Restore it from a copy, or export again with -Force."
            Test-PagedExport cut.json -Quiet | Should -BeFalse
        }

        It 'finds a file without manifest not valid' {
            Set-Content alone.json '[]'
            Test-PagedExport alone.json -Quiet | Should -BeFalse
        }
    }
}
