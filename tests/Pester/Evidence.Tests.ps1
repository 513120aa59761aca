Describe 'Evidence: checksums, origin, timestamps, charts and reports' {
    BeforeDiscovery {
        $core = $PSVersionTable.PSEdition -eq 'Core'
        $systems = @(
            @{ Name = 'LogScale'; Export = { param($Path) $null = $server | Connect-LogScale -MaxRetryCount 3; Invoke-QueryJobExport $Query $Path -Start 2h } }
            @{ Name = 'Falcon'; Export = { param($Path) $null = Start-LogScaleSimulator Falcon -EventCount 60 | Connect-Falcon; Invoke-FalconExport /devices/combined/devices/v1 $Path } }
            @{ Name = 'Axiom'; Export = { param($Path) $null = Start-LogScaleSimulator Axiom -EventCount 60 | Connect-Axiom; Invoke-AxiomExport -Dataset demo -Path $Path -Start 48h } }
            @{ Name = 'Tanium'; Export = { param($Path) $null = Start-LogScaleSimulator Tanium -EventCount 60 | Connect-Tanium; Invoke-TaniumExport endpoints $Path -Property id, name } }
        )
    }
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $server = New-TestServer @{ EventCount = 600; EventSpanHours = 2 }
        $folder = Join-Path $TestDrive evidence
        $null = New-Item $folder -ItemType Directory
        Push-Location $folder
        $made = Invoke-QueryJobExport $Query events.ndjson -Start 4h
    }
    AfterAll {
        Pop-Location
        Stop-LogScaleSimulator
    }

    Context 'Checksums' {
        It 'are beside the output, with the hash of Get-FileHash' {
            $hash, $name = (Get-Content events.ndjson.sha256) -split '  '
            $name | Should -Be events.ndjson
            $hash | Should -Be (Get-FileHash events.ndjson).Hash
        }

        It 'that differ from the manifest are a failed check' {
            $null = Invoke-QueryJobExport $Query changed.ndjson -Start 2h
            Set-Content changed.ndjson.sha256 (('0' * 64) + '  changed.ndjson')
            $checked = Test-PagedExport changed.ndjson
            $checked.IsValid | Should -BeFalse
            $checked.Failed.Check | Should -Be Checksums
        }

        It 'name their export, once' {
            @(Get-ChildItem events.ndjson* | Test-PagedExport).Count | Should -Be 1
            (Test-PagedExport events.ndjson.sha256).IsValid | Should -BeTrue
        }
    }

    Context 'Origin' {
        It 'names operator, machine and module' {
            $manifest = Get-Content $made.ManifestPath -Raw | ConvertFrom-Json
            $manifest.runs[0].machine | Should -Be ([Environment]::MachineName)
            $manifest.runs[0].operator | Should -BeLike "*$([Environment]::UserName)"
            ($manifest.program.files | Where-Object path -Like '*/LogScalePaging.dll').sha256 | Should -Be (Get-FileHash $ModuleAssembly.Location).Hash
            ($manifest.program.files | Where-Object path -EQ LogScalePaging.psd1).sha256 | Should -Be (Get-FileHash $ModulePath).Hash
        }

        It 'leaves the operator out with -NoOperator' {
            $result = Invoke-QueryJobExport $Query anonymous.ndjson -Start 2h -NoOperator
            (Get-Content $result.ManifestPath -Raw | ConvertFrom-Json).runs[0].PSObject.Properties.Name | Should -Be started, version
        }
    }

    Context 'Timestamps' -Skip:(-not $core) {
        BeforeAll {
            if ($PSVersionTable.PSEdition -ne 'Core') { return }
            $authority = [Activator]::CreateInstance((Get-TestServerType TimestampAuthority))
            Set-Content root.pem $authority.Pem
        }
        AfterAll {
            if ($authority) { $authority.Dispose() }
        }
        BeforeEach { $authority.Refuses = $false }

        It 'are got for <Name>, and required' -ForEach $systems {
            $result = & $Export "stamped.$Name.ndjson" | Get-Item -ErrorAction Ignore
            $path = "stamped.$Name.ndjson"
            $stamped = Resume-PagedExport $path -TimestampServer $authority.Url
            $stamped.TimestampPath | Should -Exist
            $checked = Test-PagedExport $path -RequireTimestamp -TimestampTrust root.pem
            $checked.IsValid | Should -BeTrue -Because "$checked"
            Add-Content "$path.manifest.json" ' '
            (Test-PagedExport $path -RequireTimestamp -TimestampTrust root.pem).Failed.Check | Should -Be Timestamp
            Remove-Item "$path.manifest.json.tsr"
            Test-PagedExport $path -RequireTimestamp -TimestampTrust root.pem -Quiet | Should -BeFalse
            Test-PagedExport $path -Quiet | Should -BeTrue
        }

        It 'come with the export' {
            $result = Invoke-QueryJobExport $Query with.ndjson -Start 2h -TimestampServer $authority.Url
            $result.TimestampPath | Should -Be "$($result.ManifestPath).tsr"
            Test-PagedExport with.ndjson -RequireTimestamp -TimestampTrust root.pem -Quiet | Should -BeTrue
            $result = Invoke-QueryJobExport $Query with.ndjson -Start 2h -Force
            $result.TimestampPath | Should -BeNullOrEmpty
            "$($result.ManifestPath).tsr" | Should -Not -Exist
        }

        It 'that an authority refuses do not lose the export' {
            $authority.Refuses = $true
            $result = Invoke-QueryJobExport $Query refused.ndjson -Start 2h -TimestampServer $authority.Url -ErrorVariable problem -ErrorAction SilentlyContinue -WarningVariable said -WarningAction SilentlyContinue
            $result.State | Should -Be Complete
            $problem[0].FullyQualifiedErrorId | Should -Be 'TimestampFailed,LogScalePaging.Commands.InvokeQueryJobExportCommand'
            $problem[0].ErrorDetails.RecommendedAction | Should -BeLike "*Resume-PagedExport '*refused.ndjson' -TimestampServer URL"
            "$said" | Should -BeLike '*the export has no timestamp*'
            Test-PagedExport refused.ndjson -Quiet | Should -BeTrue
            { Resume-PagedExport refused.ndjson -TimestampServer $authority.Url -ErrorAction Stop } | Should -Throw -ExpectedMessage '*sent no valid timestamp*'
            $authority.Refuses = $false
            $before = $authority.Requests.Count
            Resume-PagedExport refused.ndjson -TimestampServer $authority.Url -WhatIf | Should -BeNullOrEmpty
            $authority.Requests.Count | Should -Be $before
            (Resume-PagedExport refused.ndjson -TimestampServer $authority.Url).TimestampPath | Should -Exist
        }

        It 'need the address of a server, before anything is read' {
            Get-ErrorId { Invoke-QueryJobExport $Query none.ndjson -Start 2h -TimestampServer tsa.example.com } | Should -Be InvalidArgument
            Get-ErrorId { Invoke-QueryJobExport $Query none.ndjson -Start 2h -TimestampServer 'http://user:password@127.0.0.1/' } | Should -Be InvalidArgument
            'none.ndjson' | Should -Not -Exist
            Get-ErrorId { Test-PagedExport with.ndjson -TimestampTrust nothing.pem -ErrorAction Stop } | Should -Not -Be 'no error'
        }
    }

    Context 'Timestamps on Windows PowerShell' -Skip:$core {
        It 'are refused before anything is read' {
            { Invoke-QueryJobExport $Query none.ndjson -Start 2h -TimestampServer 'http://127.0.0.1/' } | Should -Throw -ExpectedMessage '*need PowerShell 7*'
            'none.ndjson' | Should -Not -Exist
        }
    }

    Context 'Show-PagedExport' {
        It 'draws an export of <Name>' -ForEach $systems {
            $null = & $Export "drawn.$Name.csv"
            $chart = Show-PagedExport "drawn.$Name.csv" -Width 80
            $chart.Lines[0] | Should -BeLike "drawn.$Name.csv: *, the files match the manifest"
            ($chart.Lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
            $chart.IsValid | Should -BeTrue
            if ($Name -in 'LogScale', 'Axiom') { ($chart.Counts | Measure-Object -Sum).Sum | Should -Be $chart.Events }
        }

        It 'has gaps, counts and the length of a bar as properties' {
            $chart = Show-PagedExport events.ndjson
            $chart.Gaps[0].Duration | Should -BeGreaterThan ([timespan]::FromMinutes(90))
            $chart.BarLength | Should -BeGreaterThan ([timespan]::Zero)
            $chart.FirstBar | Should -BeOfType [datetimeoffset]
            ($chart.Counts | Measure-Object -Sum).Sum | Should -Be $made.Events
        }

        It 'shows its lines, also after a job' {
            $chart = Show-PagedExport events.ndjson -Width 60 -Ascii
            ($chart | Out-String -Width 60) -split '\r?\n' | Where-Object { $_ } | Should -Be ($chart.Lines | Where-Object { $_ })
            $chart.Lines -join '' | Should -Not -Match '[^\x20-\x7e]'
            $copy = [System.Management.Automation.PSSerializer]::Deserialize([System.Management.Automation.PSSerializer]::Serialize($chart))
            ($copy | Out-String -Width 60) -split '\r?\n' | Where-Object { $_ } | Should -Be ($chart.Lines | Where-Object { $_ })
        }

        It 'says that a file does not match' {
            $null = Invoke-QueryJobExport $Query damaged.ndjson -Start 2h
            Add-Content damaged.ndjson '{}'
            $chart = Show-PagedExport damaged.ndjson
            $chart.IsValid | Should -BeFalse
            $chart.Lines[0] | Should -BeLike '*DO NOT MATCH*'
            $chart.Failed.Check | Should -Contain Sha256
        }

        It 'goes on after an export that cannot be read' {
            Set-Content broken.json.manifest.json '{'
            @(Show-PagedExport nothing.json, broken.json, events.ndjson -ErrorVariable problem -ErrorAction SilentlyContinue).Count | Should -Be 1
            $problem.Count | Should -Be 2
            Get-ErrorId { Show-PagedExport nothing.json -ErrorAction Stop } | Should -Be ManifestUnreadable
            @(Show-PagedExport *.ndjson | Select-Object -First 1).Count | Should -Be 1
        }

        It 'takes results of exports from the pipeline' {
            ($made | Show-PagedExport).Path | Should -Be $made.Path
            (Get-Item events.ndjson | Show-PagedExport).Path | Should -Be $made.Path
        }
    }

    Context 'New-PagedExportReport' {
        It 'writes one page about an export of <Name>' -ForEach $systems {
            $null = & $Export "told.$Name.json"
            $report = New-PagedExportReport "told.$Name.json"
            $report.Name | Should -Be "told.$Name.json.report.html"
            $page = Get-Content $report.FullName -Raw
            $page | Should -BeLike '<!DOCTYPE html>*</html>*'
            $page | Should -Match 'and the files match the manifest'
            $page | Should -Match (Get-FileHash "told.$Name.json").Hash.ToLowerInvariant()
            $page | Should -Not -Match '<script|<img|<link|https?://(?!127)'
            $report.PSObject.TypeNames | Should -Contain System.IO.FileInfo
        }

        It 'replaces a file only with -Force, and never one of the export' {
            $null = New-PagedExportReport events.ndjson once.html
            Get-ErrorId { New-PagedExportReport events.ndjson once.html -ErrorAction Stop } | Should -Be OutputExists
            (New-PagedExportReport events.ndjson once.html -Force).Name | Should -Be once.html
            Get-ErrorId { New-PagedExportReport events.ndjson events.ndjson.manifest.json -Force -ErrorAction Stop } | Should -Be BadPath
            Test-PagedExport events.ndjson -Quiet | Should -BeTrue
        }

        It 'writes nothing with -WhatIf' {
            New-PagedExportReport events.ndjson nothing.html -WhatIf | Should -BeNullOrEmpty
            'nothing.html' | Should -Not -Exist
        }

        It 'writes each export into a folder, and two into no single file' {
            $null = Invoke-QueryJobExport $Query second.ndjson -Start 2h
            $null = New-Item reports -ItemType Directory
            (New-PagedExportReport events.ndjson, second.ndjson -Destination reports).Name | Should -Be events.ndjson.report.html, second.ndjson.report.html
            @(New-PagedExportReport events.ndjson, second.ndjson -Destination both.html -Force -ErrorVariable problem -ErrorAction SilentlyContinue).Count | Should -Be 1
            $problem[0].FullyQualifiedErrorId | Should -BeLike 'OutputExists,*'
        }

        It 'says that a file does not match' {
            $null = Invoke-QueryJobExport $Query torn.ndjson -Start 2h
            Add-Content torn.ndjson '{}'
            Get-Content (New-PagedExportReport torn.ndjson).FullName -Raw | Should -Match 'the files do NOT match the manifest'
        }
    }
}
