# The PowerShell of README and docs, as a user would paste it. The examples of the help are tests of Module.Tests.ps1.
BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $pages = @(Get-Item "$root/README.md") + @(Get-ChildItem "$root/docs" -Filter *.md)
    $blocks = foreach ($page in $pages) {
        $text = (Get-Content $page.FullName -Raw) -replace "`r", ''
        foreach ($found in [regex]::Matches($text, '(?ms)^```powershell\n(?<code>.*?)^```')) {
            @{ Page = $page.Name; Line = $text.Substring(0, $found.Index).Split("`n").Count + 1; Code = $found.Groups['code'].Value }
        }
    }
}

Describe 'The code in <Page>, line <Line>' -ForEach $blocks {
    BeforeAll { . "$PSScriptRoot/Setup.ps1" }
    AfterEach { Pop-Location; Stop-LogScaleSimulator }

    BeforeEach {
        $folder = New-Item (Join-Path $TestDrive ([guid]::NewGuid())) -ItemType Directory
        Push-Location $folder
    }

    It 'has only commands and parameters that exist' {
        $errors = $null
        $tree = [Management.Automation.Language.Parser]::ParseInput($Code, [ref]$null, [ref]$errors)
        $errors | Should -BeNullOrEmpty
        foreach ($call in $tree.FindAll({ $args[0] -is [Management.Automation.Language.CommandAst] }, $true)) {
            $command = Get-Command $call.GetCommandName() -ErrorAction Stop
            foreach ($parameter in $call.CommandElements | Where-Object { $_ -is [Management.Automation.Language.CommandParameterAst] }) {
                { $command.ResolveParameter($parameter.ParameterName) } | Should -Not -Throw
            }
        }
    }

    It 'runs' {
        # What the reader has, by the words of the page: a server, files, and the records of an earlier search.
        $null = New-Item hunts, out -ItemType Directory
        '#event_simpleName=UserLogon' | Set-Content hunts/logons.cql
        "Name,Query`nlogons,#event_simpleName=UserLogon" | Set-Content hunts.csv
        $server = Start-LogScaleSimulator -EventCount 300
        $null = $server | Connect-LogScale
        $alerts = Invoke-QueryJob '*' -Start 24h -First 1
        $null = Invoke-QueryJobExport '*' events.json -Start 24h
        $null = Invoke-QueryJobExport '*' signed.ndjson -Start 24h
        # No real server is asked, and no one is there to type a secret.
        $code = $Code -replace '(?m)^Connect-LogScale .*$', '$null = $server | Connect-LogScale' `
            -replace '(?m)^Connect-Falcon .*$', '$null = Start-LogScaleSimulator -System Falcon -EventCount 300 -ChildCount 2 | Connect-Falcon' `
            -replace '(?m)^Connect-(Axiom|Tanium) .*$', '$null = Start-LogScaleSimulator -System $1 -EventCount 300 | Connect-$1' `
            -replace 'Start-LogScaleSimulator(?! -EventCount| -System \w+ -EventCount)( -System \w+)?', 'Start-LogScaleSimulator -EventCount 300$1'
        # Without an authority there is no timestamp. Evidence.Tests.ps1 has one.
        $code = $code -replace '-RequireTimestamp -TimestampTrust authority.pem', '' -replace 'Test-PagedExport events.ndjson', 'Test-PagedExport signed.ndjson'
        $script = [scriptblock]::Create("`$ErrorActionPreference = 'Stop'; $code")
        { . $script | Out-Null } | Should -Not -Throw
    }
}
