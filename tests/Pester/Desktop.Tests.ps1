BeforeDiscovery {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    $files = @(
        Get-ChildItem $root -File | Where-Object Extension -in '.psd1', '.psm1', '.ps1xml', '.ps1'
        Get-ChildItem "$root/module", "$root/samples", "$root/build" -File -Recurse | Where-Object Extension -in '.psd1', '.psm1', '.ps1xml', '.ps1'
    ) | ForEach-Object { @{ Name = $_.Name; Path = $_.FullName } }
}

Describe 'What Windows PowerShell 5.1 reads' {
    BeforeAll {
        # The syntax of PowerShell 6 and 7 in a script, as text. By name, because Windows PowerShell does not know these tokens.
        function Find-NewSyntax([string] $Script) {
            $tokens = $errors = $null
            $ast = [System.Management.Automation.Language.Parser]::ParseInput($Script, [ref]$tokens, [ref]$errors)
            $errors | ForEach-Object Message
            $kinds = 'QuestionQuestion', 'QuestionQuestionEquals', 'QuestionDot', 'QuestionLBracket', 'QuestionMark', 'AndAnd', 'OrOr', 'Clean'
            # Windows PowerShell reads numbers of newer types as words.
            $number = '^(0b[01]+|(0x[0-9a-f]+|\d[\d.]*)(u[sly]?|[syn])([kmgtp]b)?)$'
            $waiting = [System.Collections.Generic.Queue[object]]::new([object[]]$tokens)
            while ($waiting.Count -gt 0) {
                $token = $waiting.Dequeue()
                # The content of a string in double quotes.
                $token.NestedTokens | Where-Object { $_ } | ForEach-Object { $waiting.Enqueue($_) }
                $kind = "$($token.Kind)"
                if ($kind -in $kinds) { $token.Text }
                if ($kind -in 'Number', 'Generic' -and $token.Text -match $number) { $token.Text }
                if ($kind -in 'StringExpandable', 'HereStringExpandable', 'Generic' -and $token.Text -match '`(e|u\{)') { $token.Text }
            }
            $ast.FindAll({ $args[0].Background }, $true) | ForEach-Object Extent
        }

        # The scripts in a file: all of it, or those of a file of views.
        function Get-ScriptText([string] $Path) {
            if ([System.IO.Path]::GetExtension($Path) -ne '.ps1xml') { return [System.IO.File]::ReadAllText($Path) }
            $document = [xml]::new()
            $document.Load($Path)
            $document.SelectNodes('//ScriptBlock | //Script | //GetScriptBlock | //SetScriptBlock') | ForEach-Object InnerText
        }
    }

    It 'has no newer syntax in <Name>' -ForEach $files {
        Get-ScriptText $Path | ForEach-Object { Find-NewSyntax $_ } | Should -BeNullOrEmpty
    }

    It 'finds the scripts in the file of views' {
        @(Get-ScriptText "$PSScriptRoot/../../module/LogScalePaging.Format.ps1xml").Count | Should -BeGreaterThan 10
    }

    It 'has all the files that it ships among those' -ForEach @{ Found = @($files.Name) } {
        'LogScalePaging.psd1', 'LogScalePaging.Desktop.psm1', 'LogScalePaging.Format.ps1xml' |
            Where-Object { $_ -notin $Found } | Should -BeNullOrEmpty
    }

    It 'would find <_>' -ForEach @(
        '$a ?? 1', '$a ??= 1', '${a}?.Length', '${a}?[0]', '$a ? 1 : 2', 'a && b', 'a || b', 'function f { process { } clean { } }',
        '"text $(a && b)"', '"$($a ?? "$($b ? 1 : 2)")"', 'Get-Date &', '1u', '1n', '12uy', '5s', '0b101', '"`e[0m"', '"`u{2026}"'
    ) {
        Find-NewSyntax $_ | Should -Not -BeNullOrEmpty
    }

    It 'accepts <_>' -ForEach '1', '1l', '1kb', '0xbad', '1.5e3', '1d', '1lkb', '"a `n b"', '& a', 'a | ? { $_ }', '$? -and $a', '"a && b"' {
        Find-NewSyntax $_ | Should -BeNullOrEmpty
    }
}

# The script of Windows PowerShell, run in this PowerShell: it loads the netstandard2.0 assemblies.
Describe 'The module of Windows PowerShell' {
    BeforeAll {
        . "$PSScriptRoot/Setup.ps1"
        $folder = Split-Path $env:LOGSCALEPAGING_MODULE
        $copy = Join-Path $TestDrive Desktop
        Copy-Item $folder $copy -Recurse
        $script = Join-Path $copy LogScalePaging.Desktop.psm1
        $without = Join-Path $copy Without.psm1
        (Get-Content -Raw $script).Replace('AddExportedCmdlet', 'NoSuchMethod') | Set-Content $without

        # The lines of a PowerShell that imports a file twice and counts its commands each time.
        function Import-Twice([string] $Path) {
            $count = {
                param($Path)
                $ErrorActionPreference = 'Stop'
                foreach ($time in 1, 2) {
                    Import-Module $Path -Force -WarningAction SilentlyContinue -WarningVariable warnings
                    $warnings | ForEach-Object { "$_" }
                    @(Get-Command -Module ([System.IO.Path]::GetFileNameWithoutExtension($Path))).Count
                }
            }
            $file = Join-Path $TestDrive "$([guid]::NewGuid()).ps1"
            "$count" | Set-Content $file -Encoding utf8
            & (Get-Process -Id $PID).Path -NoProfile -NonInteractive -File $file $Path
        }
    }

    It 'exports every command, also by Import-Module -Force' {
        $count = @(Get-Command -Module LogScalePaging).Count
        Import-Twice $script | Should -Be $count, $count
    }

    It 'exports every command only once, with a warning, if PowerShell lacks the method for a second import' {
        $first, $warning, $second = Import-Twice $without
        $first | Should -Be @(Get-Command -Module LogScalePaging).Count
        $warning | Should -BeLike '*only once in a session*'
        $second | Should -Be 0
    }
}
