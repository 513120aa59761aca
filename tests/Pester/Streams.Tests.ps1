Describe 'Output, variables, warnings and progress' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer
        Push-Location $TestDrive
    }
    AfterAll { Pop-Location; Stop-LogScaleSimulator }

    Context '-SummaryVariable' {
        It 'with + appends to the variable, also to one value' {
            $null = Invoke-QueryJob 'count()' -Start 1h -SummaryVariable all
            $null = 'count()', 'head(1)' | Invoke-QueryJob -Start 1h -SummaryVariable +all
            $all.Query | Should -Be 'count()', 'count()', 'head(1)'
            $all | ForEach-Object { $_ | Should -BeOfType LogScalePaging.QueryJobSummary }
        }

        It 'with + makes the variable' {
            $null = Invoke-QueryJob 'count()' -Start 1h -SummaryVariable +fresh
            , $fresh | Should -BeOfType System.Collections.ArrayList
            $fresh | Should -HaveCount 1
        }

        It 'with + leaves the variable of an outer scope as it is' {
            $null = Invoke-QueryJob 'count()' -Start 1h -SummaryVariable +outer
            & { $null = Invoke-QueryJob 'count()' -Start 1h -SummaryVariable +outer; $outer | Should -HaveCount 2 }
            $outer | Should -HaveCount 1
        }

        It 'without + sets it' {
            1..2 | ForEach-Object { $null = Invoke-QueryJob 'count()' -Start 1h -SummaryVariable last }
            @($last) | Should -HaveCount 1
        }

        It 'needs a name' { Get-ErrorId { Invoke-QueryJob 'count()' -SummaryVariable + } | Should -Be InvalidArgument }

        It 'refuses a variable in place of its name, before anything is sent' {
            $null = Invoke-QueryJob 'count()' -SummaryVariable summary
            { Invoke-QueryJob 'count()' -SummaryVariable $summary } | Should -Throw '*is not the name of a variable. Write the name without $*' -ErrorId 'InvalidArgument,*'
            { Invoke-QueryJobExport 'count()' x.json -SummaryVariable '$summary' } | Should -Throw -ErrorId 'InvalidArgument,*'
            Test-Path x.json | Should -BeFalse
        }
    }

    Context 'A warning about a csv file' {
        BeforeAll { $hostile = New-TestServer @{ HostileText = $true; EventCount = 2000 } }
        AfterAll { $hostile | Stop-LogScaleSimulator; $null = $server | Connect-LogScale }

        It 'comes when the file has its name' {
            $caught = try { Invoke-QueryJobExport '*' formulas.csv -Start 2h -WarningAction Stop } catch { $_ }
            "$caught" | Should -Match 'spreadsheet formula|differ only in case'
            'formulas.csv', 'formulas.csv.manifest.json' | Should -Exist
            Test-PagedExport formulas.csv -Quiet | Should -BeTrue
            'formulas.csv.partial' | Should -Not -Exist
        }

        It 'is in the manifest and in the result' {
            $result = Invoke-QueryJobExport '*' told.csv -Start 2h -WarningAction SilentlyContinue -WarningVariable told
            @($told -match 'spreadsheet formula') | Should -HaveCount 1
            @($result.Warnings -match 'spreadsheet formula') | Should -HaveCount 1
            @((Get-Content told.csv.manifest.json | ConvertFrom-Json).warnings -match 'spreadsheet formula') | Should -HaveCount 1
        }
    }

    Context 'Progress' {
        BeforeAll { $slow = New-TestServer @{ LatencyMs = 5; JobDurationMs = 100 } }
        AfterAll { $slow | Stop-LogScaleSimulator; $null = $server | Connect-LogScale }

        It 'of <Command> is completed while a reader holds the last events' -ForEach @(
            @{ Command = 'Invoke-QueryJob "*" -Start 2h -Strategy Around'; Event = 4000 }
            @{ Command = 'Invoke-QueryJob "head(20)" -Start 2h'; Event = 1 }
            @{ Command = 'New-QueryJob "head(20)" -Start 2h | Get-QueryJobPage'; Event = 1 }
            @{ Command = 'New-QueryJob "head(20)" -Start 2h | Wait-QueryJob'; Event = 1 }
            @{ Command = "Invoke-QueryJobExport '*' `$folder/blocked.ndjson -Force -Start 2h"; Event = 1 }
        ) {
            $shell = New-OtherPowerShell @{ slow = $slow; folder = "$TestDrive" }
            try {
                $shell.Runspace.SessionStateProxy.SetVariable('shown', $shell.Streams.Progress)
                [void]$shell.AddScript('$null = $slow | Connect-LogScale; ' + $Command + ' | ForEach-Object { if (++$n -eq ' + $Event + ') { $shown.Count; $shown[$shown.Count - 1].RecordType } }')
                $count, $last = $shell.Invoke()
                $count | Should -BeGreaterThan 1
                $last | Should -Be Completed
            }
            finally { $shell.Runspace.Dispose(); $shell.Dispose() }
        }
    }

    Context 'Test-PagedExport of a pattern without a match' {
        It 'says so, and is false with -Quiet' {
            Test-PagedExport 'none*.ndjson' -Quiet -WarningVariable told -WarningAction SilentlyContinue | Should -BeFalse
            "$told" | Should -Match "No export matches 'none\*\.ndjson'"
        }

        It 'says so without -Quiet, and emits nothing' {
            Test-PagedExport 'none*.ndjson' -WarningVariable told -WarningAction SilentlyContinue | Should -BeNullOrEmpty
            "$told" | Should -Match 'nothing was checked'
        }
    }

    Context '-PassThru' {
        It 'warns of a state that is not Complete' {
            $file = Invoke-QueryJobExport '*' unverified.ndjson -Start 2h -NoVerify -PassThru -WarningVariable told -WarningAction SilentlyContinue
            "$told" | Should -Match 'The export is Unverified'
            $file.Export.State | Should -Be Unverified
            $null = Invoke-QueryJobExport '*' unverified.ndjson -Start 2h -NoVerify -Force -WarningVariable told -WarningAction SilentlyContinue
            $told | Should -BeNullOrEmpty
        }

        It 'gives every file the result as its property Export, and says nothing of a Complete one' {
            $files = Invoke-QueryJobExport '*' several.ndjson -Start 2h -MaxFileEvents 1000 -PassThru -WarningVariable told
            $files.Count | Should -BeGreaterThan 1
            $files.Export.State | Sort-Object -Unique | Should -Be Complete
            $told | Should -BeNullOrEmpty
        }

        It 'warns once of what the export has warned of' {
            $null = Invoke-QueryJobExport '*' skipped.ndjson -Start 2h -AllowEventSkipping -PassThru -WarningVariable told -WarningAction SilentlyContinue
            @($told -match 'skip events') | Should -HaveCount 1
        }
    }
}
